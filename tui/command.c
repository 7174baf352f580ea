/* command.c owns the one table of commands and every look-up in it. */
#include "tui/command.h"

#include <stdio.h>
#include <string.h>

#include "core/i18n.h"
#include "tui/lineedit.h"

#define ROW_CASE (NEED_CASE | NEED_WRITE)
#define OPEN_CASE (NEED_CASE | NEED_WRITE | NEED_OPEN_CASE)
#define OPEN_STEP (NEED_STEP | NEED_WRITE | NEED_OPEN_CASE)

const struct command_row command_rows[CMD_COUNT] = {
	[CMD_UP] = { "move.up", GROUP_MOVE, { K_UP, 'k' }, 0,
		N_("up"), N_("one row up") },
	[CMD_DOWN] = { "move.down", GROUP_MOVE, { K_DOWN, 'j' }, 0,
		N_("down"), N_("one row down") },
	[CMD_LEFT] = { "move.left", GROUP_MOVE, { K_LEFT, 'h' }, 0,
		N_("left"), N_("to the left, the tab before") },
	[CMD_RIGHT] = { "move.right", GROUP_MOVE, { K_RIGHT, 'l' }, 0,
		N_("right"), N_("to the right, the next tab") },
	[CMD_PAGE_UP] = { "move.page-up", GROUP_MOVE, { K_PAGE_UP }, 0,
		N_("page up"), N_("one page up") },
	[CMD_PAGE_DOWN] = { "move.page-down", GROUP_MOVE, { K_PAGE_DOWN }, 0,
		N_("page down"), N_("one page down") },
	[CMD_HALF_UP] = { "move.half-up", GROUP_MOVE, { K_CTRL('u') }, 0,
		N_("half up"), N_("half a page up") },
	[CMD_HALF_DOWN] = { "move.half-down", GROUP_MOVE, { K_CTRL('d') }, 0,
		N_("half down"), N_("half a page down") },
	[CMD_FIRST] = { "move.first", GROUP_MOVE, { K_HOME, 'g' }, 0,
		N_("first"), N_("to the first row") },
	[CMD_LAST] = { "move.last", GROUP_MOVE, { K_END, 'G' }, 0,
		N_("last"), N_("to the last row") },
	[CMD_PANE_NEXT] = { "move.pane-next", GROUP_MOVE, { K_TAB }, 0,
		N_("other pane"), N_("next pane or field") },
	[CMD_PANE_PREV] = { "move.pane-previous", GROUP_MOVE, { K_BACKTAB }, 0,
		N_("pane before"), N_("previous pane or field") },

	[CMD_DESK] = { "go.desk", GROUP_GO, { '1' }, 0,
		N_("desk"), N_("the desk: all open cases, most urgent first") },
	[CMD_CASE] = { "go.case", GROUP_GO, { '2' }, 0,
		N_("case"), N_("the case opened last") },
	[CMD_ROSTER] = { "go.roster", GROUP_GO, { '4' }, 0,
		N_("duty roster"), N_("duty roster: who is on call when, gaps, hours, leave") },
	[CMD_OUTBOX] = { "go.outbox", GROUP_GO, { '6' }, 0,
		N_("outbox"), N_("outbox: who was told, and is it known") },
	[CMD_REGISTER] = { "go.register", GROUP_GO, { '8' }, 0,
		N_("register"), N_("register: systems, members, contacts") },
	[CMD_LIBRARY] = { "go.library", GROUP_GO, { '9' }, 0,
		N_("plans"), N_("library of response plans") },
	[CMD_SETTINGS] = { "go.settings", GROUP_GO, { '0' }, 0,
		N_("settings"), N_("settings and rules") },
	[CMD_WISHES] = { "go.wishes", GROUP_GO, { 0 }, 0,
		N_("how I am reached"), N_("how I am reached: addresses, quiet hours, a test") },
	[CMD_ROTAS] = { "go.rotations", GROUP_GO, { ',' }, 0,
		N_("rotations"), N_("layers, rotations, rosters for a span, raised watch") },
	[CMD_TINS] = { "go.alerts", GROUP_GO, { 'T' }, 0,
		N_("reports"), N_("reports: what callers said, who took it up, who waits") },
	[CMD_WAITS] = { "go.waits", GROUP_GO, { 'P' }, 0,
		N_("promises"), N_("waiting outside: who promised what, until when") },
	[CMD_DECISIONS] = { "go.decisions", GROUP_GO, { 'X' }, 0,
		N_("decisions"), N_("register of decisions: asked, answered, by authority") },
	[CMD_CLOCKS] = { "go.clocks", GROUP_GO, { 'K' }, 0,
		N_("clocks"), N_("clocks: what must be reported until when") },
	[CMD_PERIODIC] = { "go.duties", GROUP_GO, { 0 }, 0,
		N_("duties"), N_("duties that come again: reports, reviews, drills") },
	[CMD_LOG] = { "go.log", GROUP_GO, { 'L' }, 0,
		N_("shift log"), N_("shift log: checks, backups, calls, visitors") },
	[CMD_HANDOVER] = { "go.hand-over", GROUP_GO, { 'B' }, 0,
		N_("hand-over"), N_("hand-over of the shift: one page, two signatures") },
	[CMD_GAPS] = { "go.gaps", GROUP_GO, { 'M' }, 0,
		N_("gaps"), N_("what the register still lacks before the next case") },
	[CMD_COORDINATION] = { "go.coordination", GROUP_GO, { 0 }, 0,
		N_("coordination"), N_("coordination table: who leads, who supports, until when") },
	[CMD_PAPER] = { "go.paper", GROUP_GO, { 'F' }, OPEN_CASE,
		N_("from paper"), N_("key in what was written on paper, with its real times") },
	[CMD_PLANNED] = { "go.planned", GROUP_GO, { 0 }, 0,
		N_("planned work"), N_("planned work on the systems") },
	[CMD_HOLIDAYS] = { "go.holidays", GROUP_GO, { 0 }, 0,
		N_("holidays"), N_("holidays and working days that clocks count by") },
	[CMD_SCENES] = { "go.scenes", GROUP_GO, { 0 }, 0,
		N_("scenes"), N_("scenes that the police want kept, of all cases and systems") },
	[CMD_ENTER] = { "go.enter", GROUP_GO, { K_ENTER }, 0,
		N_("open"), N_("the main action of the row") },
	[CMD_BACK] = { "go.out", GROUP_GO, { K_ESC, K_CTRL('c') }, 0,
		N_("back"), N_("one level out; nothing is lost") },
	[CMD_PLACE_BACK] = { "go.back", GROUP_GO, { '<' }, 0,
		N_("back"), N_("back to the place before") },
	[CMD_PLACE_FORWARD] = { "go.forward", GROUP_GO, { '>' }, 0,
		N_("forward"), N_("forward again") },
	[CMD_CLOSE_VIEW] = { "go.close", GROUP_GO, { 'q' }, 0,
		N_("close"), N_("close this view") },

	[CMD_FILTER] = { "find.filter", GROUP_FIND, { '/' }, 0,
		N_("filter"), N_("show only rows with these words, marks optional") },
	[CMD_PRESETS] = { "find.presets", GROUP_FIND, { 'f' }, 0,
		N_("presets"), N_("ready filters of this screen") },
	[CMD_SORT] = { "find.sort", GROUP_FIND, { 's' }, 0,
		N_("sort"), N_("choose the order") },
	[CMD_PALETTE] = { "find.command", GROUP_FIND, { K_F3, ':', K_CTRL('k'), K_CTRL('f') }, 0,
		N_("command"), N_("find any command or case by its words") },
	[CMD_HELP] = { "find.help", GROUP_FIND, { K_F1, '?' }, 0,
		N_("all keys"), N_("all keys of this screen") },
	[CMD_HOW] = { "find.how", GROUP_FIND, { K_F2, 'H', K_CTRL('y') }, 0,
		N_("how"), N_("why this, what it costs, how, what proof") },

	[CMD_MARK] = { "select.mark", GROUP_SELECT, { K_SPACE }, NEED_ROW,
		N_("mark"), N_("mark this row") },
	[CMD_MARK_ALL] = { "select.all", GROUP_SELECT, { '*' }, NEED_ROW,
		N_("mark all"), N_("mark all rows shown, or none") },

	[CMD_NOTE] = { "act.note", GROUP_ACT, { 'c' }, ROW_CASE,
		N_("note"), N_("write a note") },
	[CMD_TAKE] = { "act.hand-over", GROUP_ACT, { 't' }, OPEN_CASE,
		N_("take / hand over"), N_("take the case or hand it to somebody") },
	[CMD_HOLD] = { "act.hold", GROUP_ACT, { 'x' }, NEED_ROW | NEED_WRITE,
		N_("hold"), N_("hold back, with a reason") },
	[CMD_FILES] = { "act.files", GROUP_ACT, { 'v' }, NEED_CASE,
		N_("files"), N_("files and evidence of the case") },
	[CMD_MENU] = { "act.menu", GROUP_ACT, { 'm' }, 0,
		N_("menu"), N_("menu of all actions here") },
	[CMD_UNDO] = { "act.undo", GROUP_ACT, { 'z' }, NEED_WRITE | NEED_UNDO,
		N_("undo"), N_("undo my last action; says what it undoes") },
	[CMD_REDO] = { "act.redo", GROUP_ACT, { 'Z' }, NEED_WRITE | NEED_REDO,
		N_("redo"), N_("undo the undo") },
	[CMD_ZOOM_IN] = { "act.zoom-in", GROUP_ACT, { '+' }, 0,
		N_("larger"), N_("zoom in, more of the step") },
	[CMD_ZOOM_OUT] = { "act.zoom-out", GROUP_ACT, { '-' }, 0,
		N_("smaller"), N_("zoom out") },
	[CMD_TODAY] = { "act.today", GROUP_ACT, { '.' }, 0,
		N_("now"), N_("to now: the newest entry, the open step") },
	[CMD_RETRY] = { "act.retry", GROUP_ACT, { 'r' },
		NEED_MESSAGE | NEED_WRITE | NEED_STUCK,
		N_("retry"), N_("send this message again") },
	[CMD_RELEASE] = { "act.release", GROUP_ACT, { 0 },
		NEED_MESSAGE | NEED_WRITE | NEED_HELD,
		N_("release"), N_("release a held message") },
	[CMD_TIN_TAKE] = { "report.take", GROUP_ACT, { '!' }, NEED_ROW | NEED_WRITE,
		N_("take up"), N_("report: I take it up") },
	[CMD_TIN_REPLY] = { "report.reply", GROUP_ACT, { '@' }, NEED_ROW | NEED_WRITE,
		N_("called back"), N_("report: the caller was called back, what was said") },
	[CMD_TIN_HELP] = { "report.help", GROUP_ACT, { K_F9, K_CTRL('t') }, NEED_WRITE,
		N_("ask for help"),
		N_("report: not an incident, a request for help to the rapid support team") },
	[CMD_TIN_DONE] = { "report.done", GROUP_ACT, { 0 }, NEED_ROW | NEED_WRITE,
		N_("help was given"), N_("report: the help was given, what came of it") },
	[CMD_TIN_CLOSE] = { "report.close", GROUP_ACT, { 0 }, NEED_ROW | NEED_WRITE,
		N_("close report"), N_("report: it needs nothing more, with the reason") },
	[CMD_ADD] = { "act.add", GROUP_ACT, { '=', K_INSERT }, NEED_WRITE,
		N_("add"), N_("add a row to this list") },
	[CMD_CHANGE] = { "act.change", GROUP_ACT, { 0 }, NEED_ROW | NEED_WRITE,
		N_("change"), N_("change what is under the cursor") },
	[CMD_ASSET_STATE] = { "act.state", GROUP_ACT, { 0 }, NEED_ROW | NEED_WRITE,
		N_("state"), N_("say how the system is: normal, slow, down") },
	[CMD_RAISE] = { "act.raise", GROUP_ACT, { '^' }, NEED_ROW | NEED_WRITE,
		N_("raise"), N_("call the one above: shift leader, leader; record it") },
	[CMD_BY_HAND] = { "act.by-hand", GROUP_ACT, { 0 },
		NEED_MESSAGE | NEED_WRITE | NEED_UNTOLD,
		N_("record a call"), N_("record that it was told by hand: whom, what he said") },
	[CMD_NO_ANSWER] = { "act.no-answer", GROUP_ACT, { 'n' }, NEED_ROW | NEED_WRITE,
		N_("no answer"), N_("they were called and nobody answered; on to the next") },
	[CMD_CORRECT] = { "act.correct", GROUP_ACT, { '%' }, NEED_ROW | NEED_WRITE,
		N_("correct"), N_("the last call was recorded wrongly: both stand, the right one"
			" counts") },
	[CMD_VERIFY] = { "act.verify", GROUP_ACT, { 0 }, NEED_ROW | NEED_WRITE,
		N_("verified"), N_("they were reached at this number: verified today") },
	[CMD_COPY] = { "act.copy", GROUP_ACT, { 'b', K_CTRL('v') }, NEED_ROW,
		N_("copy"), N_("copy to the clipboard of my own machine") },

	[CMD_ACK] = { "case.acknowledge", GROUP_CASE, { 0 },
		OPEN_CASE | NEED_UNACKED,
		N_("acknowledge"), N_("take the case on: stops calling others") },
	[CMD_DECLINE] = { "case.decline", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("cannot take it"), N_("say that you cannot: the next one is called at once") },
	[CMD_PASS] = { "case.pass-on", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("pass it on"), N_("name who is called in your place") },
	[CMD_CALL_NEXT] = { "case.call-next", GROUP_CASE, { '&' }, OPEN_CASE,
		N_("call the next now"), N_("call the next one now, without waiting") },
	[CMD_SEVERITY] = { "case.severity", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("severity"), N_("decide the severity, with the reason") },
	[CMD_STATUS] = { "case.status", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("status"), N_("change the status") },
	[CMD_STATUS_NEXT] = { "case.next-status", GROUP_CASE, { '#' },
		OPEN_CASE | NEED_SHEET | NEED_OFFER,
		N_("next status"), N_("set the status that the plan suggests, as row 2 shows") },
	[CMD_BEGIN] = { "case.begin", GROUP_CASE, { 0 }, OPEN_CASE | NEED_PLAN,
		N_("begin plan"), N_("begin a response plan on this case") },
	[CMD_STEP_DONE] = { "step.done", GROUP_CASE, { 0 }, OPEN_STEP,
		N_("done"), N_("step: done, with a note and what it asks") },
	[CMD_STEP_START] = { "step.start", GROUP_CASE, { 0 }, OPEN_STEP,
		N_("start"), N_("step: I have begun") },
	[CMD_STEP_FAILED] = { "step.blocked", GROUP_CASE, { 0 }, OPEN_STEP,
		N_("blocked"), N_("step: cannot be done, with the reason") },
	[CMD_STEP_SKIP] = { "step.not-needed", GROUP_CASE, { 0 }, OPEN_STEP,
		N_("not needed"), N_("step: not needed, with the reason") },
	[CMD_STEP_ASSIGN] = { "step.assign", GROUP_CASE, { 0 }, OPEN_STEP,
		N_("put on"), N_("step: put a member on it") },
	[CMD_STEP_LIST] = { "step.list", GROUP_CASE, { 0 }, NEED_ROW | NEED_CASE,
		N_("its list"), N_("step: its list, to tick line by line") },
	[CMD_STEP_EXTEND] = { "step.extend", GROUP_CASE, { 0 }, OPEN_STEP,
		N_("more time"), N_("step: move its limit, with the reason") },
	[CMD_STEP_BACK] = { "step.back", GROUP_CASE, { 0 }, OPEN_CASE | NEED_SHEET,
		N_("go back"), N_("step: do it again; what is open after it gives way") },
	[CMD_RUN_PAUSE] = { "plan.pause", GROUP_CASE, { 0 }, OPEN_CASE | NEED_SHEET,
		N_("pause plan"), N_("plan: stand still; lawful clocks go on") },
	[CMD_RUN_RESUME] = { "plan.resume", GROUP_CASE, { 0 }, OPEN_CASE | NEED_SHEET,
		N_("resume plan"), N_("plan: go on; limits move by the pause") },
	[CMD_RUN_STOP] = { "plan.stop", GROUP_CASE, { 0 }, OPEN_CASE | NEED_SHEET,
		N_("stop plan"), N_("plan: end it; what is open is aborted") },
	[CMD_COMMANDS] = { "step.commands", GROUP_CASE, { 0 }, NEED_CASE | NEED_SHEET,
		N_("commands"), N_("step: its commands for machines, to read and to copy") },
	[CMD_TASK_ADD] = { "case.task", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("add task"), N_("add a task by hand") },
	[CMD_EVIDENCE_ADD] = { "case.evidence", GROUP_CASE, { 0 }, ROW_CASE,
		N_("add file"), N_("file a piece of evidence") },
	[CMD_OBSERVABLE_ADD] = { "case.observable", GROUP_CASE, { 0 }, ROW_CASE,
		N_("add observable"), N_("add an address, name or hash that was seen") },
	[CMD_SET_FIELD] = { "case.set", GROUP_CASE, { 0 }, ROW_CASE,
		N_("change"), N_("change a field of the case: title, kind, system, TLP") },
	[CMD_MERGE] = { "case.merge", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("merge"), N_("merge the case into another") },
	[CMD_UNMERGE] = { "case.unmerge", GROUP_CASE, { 0 },
		ROW_CASE | NEED_MERGED_CASE,
		N_("unmerge"), N_("take the merged case out again") },
	[CMD_LINK] = { "case.link", GROUP_CASE, { 0 }, ROW_CASE,
		N_("link"), N_("link to another case") },
	[CMD_CLOSE_CASE] = { "case.close", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("close case"), N_("close with cause, result and lessons") },
	[CMD_DISMISS] = { "case.dismiss", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("not an incident"), N_("dismiss: not an incident, with the reason") },
	[CMD_REOPEN] = { "case.reopen", GROUP_CASE, { 0 },
		ROW_CASE | NEED_CLOSED_CASE,
		N_("reopen"), N_("open a closed case again, with the reason") },

	[CMD_CALLERS] = { "case.callers", GROUP_CASE, { 0 }, NEED_CASE,
		N_("callers"), N_("who called about this case, and who waits for an answer") },
	[CMD_ALL_CLEAR] = { "case.all-clear", GROUP_CASE, { 0 }, NEED_CASE,
		N_("all clear"), N_("who must hear that it is over, and who has heard it") },
	[CMD_CALLS] = { "case.calls", GROUP_CASE, { 'p' }, NEED_CASE,
		N_("calls"), N_("call list: whom to telephone, who answered") },
	[CMD_CALLED] = { "case.called", GROUP_CASE, { 'N' }, NEED_CASE,
		N_("who is called"), N_("who was called, who is next and when, why not others") },
	[CMD_POINTS] = { "case.points", GROUP_CASE, { 'V' }, NEED_CASE,
		N_("points"), N_("points hit: units, lines, machines, one by one") },
	[CMD_QUICK] = { "case.quick", GROUP_CASE, { 'Q' }, NEED_CASE,
		N_("quick report"), N_("quick report: eight lines to copy, print, record") },
	[CMD_COUNTDOWNS] = { "case.countdowns", GROUP_CASE, { 0 }, NEED_CASE,
		N_("countdowns"), N_("countdowns: minutes that run out, as they were read") },
	[CMD_ASK] = { "case.ask", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("ask for a decision"), N_("ask for a decision: of whom, until when") },
	[CMD_WAIT] = { "case.wait", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("wait for"), N_("wait for somebody outside: what, promised until when") },
	[CMD_POINTS_PASTE] = { "case.paste-points", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("paste points"), N_("paste a list of names: one point each") },
	[CMD_NOTICES] = { "case.notice", GROUP_CASE, { 0 }, NEED_CASE,
		N_("reports sent"), N_("reports that were sent: confirmed, number, mistake") },
	[CMD_CASE_CLOCKS] = { "case.clocks", GROUP_CASE, { 0 }, NEED_CASE,
		N_("its clocks"), N_("clocks of this case: record as sent, does not apply") },
	[CMD_REPORTABLE] = { "case.reportable", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("reportable?"), N_("decide whether the law wants it reported, with reason") },
	[CMD_BACK_BY] = { "case.back-by", GROUP_CASE, { 0 }, OPEN_CASE,
		N_("back by"), N_("by when it must be back, and for what: 07:00 counters open") },
	[CMD_POSTED] = { "case.posted", GROUP_CASE, { 0 }, NEED_CASE,
		N_("posted"), N_("record a text as posted to a group, at what time") },
	[CMD_HOLD_POLICE] = { "case.scene", GROUP_CASE, { 0 }, NEED_CASE,
		N_("keep the scene"), N_("police hold: nothing is rebuilt until released") },
	[CMD_CUSTODY] = { "case.custody", GROUP_CASE, { 0 }, NEED_CASE,
		N_("hand over evidence"), N_("record of handing over evidence, two signatures") },
	[CMD_COPY_CASE] = { "case.copy", GROUP_CASE, { 'S' }, NEED_CASE,
		N_("copy to a file"), N_("copy of the case to a file") },
	[CMD_VARS] = { "plan.variables", GROUP_CASE, { 0 }, NEED_CASE,
		N_("what it knows"), N_("what the plans know: each value, who set it when") },
	[CMD_PRINT_PLAN] = { "plan.print", GROUP_CASE, { ';' }, NEED_ROW,
		N_("on paper"), N_("the plan under the cursor as a check-list on paper") },
	[CMD_PRINT_CASE] = { "case.print", GROUP_CASE, { 0 }, NEED_CASE,
		N_("print"), N_("print the case: steps, telephones, stop order") },
	[CMD_CASE_PDF] = { "case.pdf", GROUP_CASE, { 0 }, NEED_CASE,
		N_("PDF"), N_("print the case as PDF: boxes and lines to write on") },
	[CMD_PLAN_PDF] = { "plan.pdf", GROUP_CASE, { 0 }, NEED_ROW,
		N_("PDF"), N_("the plan under the cursor as PDF: boxes, lines to write on") },
	[CMD_RUN_EXPORT] = { "plan.export", GROUP_CASE, { 0 }, NEED_CASE,
		N_("plans to files"), N_("its plans as they were run, a file each, for others") },

	[CMD_EDITOR] = { "work.editor", GROUP_WORK, { K_F4, K_CTRL('e'), K_CTRL('x') }, NEED_FORM,
		N_("editor"), N_("write this text in $EDITOR") },
	[CMD_REFRESH] = { "work.refresh", GROUP_WORK, { K_F5, 'R', K_CTRL('r') }, 0,
		N_("refresh"), N_("read everything again") },
	[CMD_REDRAW] = { "work.redraw", GROUP_WORK, { K_CTRL('l') }, 0,
		N_("redraw"), N_("paint the screen again") },
	[CMD_JOIN] = { "work.join", GROUP_WORK, { K_F6, 'J', K_CTRL('g') }, NEED_WRITE,
		N_("join"), N_("join to the case that is the same, or link") },
	[CMD_NEW] = { "work.new", GROUP_WORK, { K_F7, 'C', K_CTRL('n') }, NEED_WRITE,
		N_("new report"), N_("take a report; one line is enough, a key makes it a case") },
	[CMD_NEW_CASE] = { "work.new-case", GROUP_WORK, { 0 }, NEED_WRITE,
		N_("new case"), N_("open a case without a report; one line is enough") },
	[CMD_SAVE] = { "work.save", GROUP_WORK, { K_F10, K_CTRL('o') },
		NEED_FORM | NEED_WRITE,
		N_("save"), N_("save this form") },
	[CMD_EXPORT] = { "work.export", GROUP_WORK, { K_F8, K_CTRL('p') }, 0,
		N_("print"), N_("this table as paper: to read, in a file, to print") },
	[CMD_LINES] = { "work.lines", GROUP_WORK, { '~' }, 0,
		N_("lines"), N_("line style: box characters or ASCII, then no accents") },
	[CMD_MESSAGES] = { "work.messages", GROUP_WORK, { 0 }, 0,
		N_("messages"), N_("what the program has said since it began") },
	[CMD_DRAFTS] = { "work.drafts", GROUP_WORK, { 0 }, 0,
		N_("drafts"), N_("drafts: texts that were begun and not filed") },
	[CMD_SEND_NOW] = { "work.send", GROUP_WORK, { 0 }, NEED_WRITE,
		N_("send now"), N_("send the messages that wait, once, in the background") },
	[CMD_SUSPEND] = { "work.suspend", GROUP_WORK, { K_CTRL('z') }, 0,
		N_("suspend"), N_("back to the shell for a while (fg returns)") },
	[CMD_QUIT] = { "work.quit", GROUP_WORK, { 0 }, 0,
		N_("quit"), N_("leave suco; drafts are kept") },
};

static const char *const group_titles[GROUP_COUNT] = {
	[GROUP_MOVE] = N_("Move"),
	[GROUP_GO] = N_("Go"),
	[GROUP_FIND] = N_("Find"),
	[GROUP_SELECT] = N_("Select"),
	[GROUP_ACT] = N_("Act"),
	[GROUP_CASE] = N_("Case"),
	[GROUP_WORK] = N_("Work"),
};

/* In the order in which a person should hear of them. */
static const struct { enum need need; const char *reason; } reasons[] = {
	{ NEED_WRITE, N_("opened for reading only, or a viewer's role") },
	{ NEED_ROW, N_("nothing is under the cursor") },
	{ NEED_CASE, N_("no case is under the cursor") },
	{ NEED_OPEN_CASE, N_("the case is closed; reopen it first") },
	{ NEED_CLOSED_CASE, N_("the case is not closed") },
	{ NEED_MERGED_CASE, N_("the case is not merged") },
	{ NEED_STEP, N_("no open step is under the cursor") },
	{ NEED_PLAN, N_("no plan of the library fits, or it runs already") },
	{ NEED_UNACKED, N_("somebody has taken the case already") },
	{ NEED_SHEET, N_("open the case first: row 2 says what its plan suggests") },
	{ NEED_OFFER, N_("no step that is done suggests another status") },
	{ NEED_MESSAGE, N_("no message is under the cursor") },
	{ NEED_HELD, N_("the message is not held") },
	{ NEED_STUCK, N_("only what failed, expired or may be lost goes out again") },
	{ NEED_UNTOLD, N_("it was told or taken back already") },
	{ NEED_FORM, N_("no text is being written") },
	{ NEED_UNDO, N_("nothing of yours can be undone here") },
	{ NEED_REDO, N_("nothing was undone") },
};

/* A field that is being written keeps it. */
static bool
of_field(int32_t key)
{
	return (key >= 0x20 && key < K_UP) || lineedit_takes(key);
}

enum command
command_of_key(int32_t key, bool in_field)
{
	if (key == 0 || (in_field && of_field(key))) {
		return CMD_NONE;
	}
	for (int i = 1; i < CMD_COUNT; i++) {
		for (int k = 0; k < 4 && command_rows[i].keys[k] != 0; k++) {
			if (command_rows[i].keys[k] == key) {
				return (enum command)i;
			}
		}
	}
	return CMD_NONE;
}

enum command
command_of_word(const char *word)
{
	for (int i = 1; i < CMD_COUNT; i++) {
		if (strcmp(command_rows[i].word, word) == 0) {
			return (enum command)i;
		}
	}
	return CMD_NONE;
}

bool
command_of_place(enum command command)
{
	return command >= CMD_CALLERS && command <= CMD_PRINT_CASE;
}

const char *
command_hint(enum command command)
{
	return command == CMD_NONE ? "" : _(command_rows[command].hint);
}

const char *
command_help(enum command command)
{
	return command == CMD_NONE ? "" : _(command_rows[command].help);
}

const char *
command_group_title(enum command_group group)
{
	return _(group_titles[group]);
}

static void
shown_key(int32_t key, char out[KEY_NAME_SIZE])
{
	if (key == K_SPACE) {
		snprintf(out, KEY_NAME_SIZE, "%s", _("Space"));
	} else {
		key_label(key, out);
	}
}

void
command_key(enum command command, char out[KEY_NAME_SIZE])
{
	out[0] = '\0';
	if (command_rows[command].keys[0] != 0) {
		int32_t key = command_rows[command].keys[0];
		int32_t second = command_rows[command].keys[1];

		/* A sign is shorter than F1 and F3, which some terminals keep. */
		shown_key(second == '?' || second == ':' ? second : key, out);
	}
}

static void
put_keys(enum command command, bool in_field, char out[64])
{
	size_t at = 0;

	out[0] = '\0';
	for (int k = 0; k < 4 && command_rows[command].keys[k] != 0; k++) {
		char name[KEY_NAME_SIZE];

		if (in_field && of_field(command_rows[command].keys[k])) {
			continue;
		}
		shown_key(command_rows[command].keys[k], name);
		at += (size_t)snprintf(out + at, 64 - at, "%s%s", at > 0 ? " " : "", name);
	}
}

void
command_keys(enum command command, char out[64])
{
	put_keys(command, false, out);
}

void
command_field_keys(enum command command, char out[64])
{
	put_keys(command, true, out);
}

void
command_field_key(enum command command, char out[KEY_NAME_SIZE])
{
	out[0] = '\0';
	for (int k = 0; k < 4 && command_rows[command].keys[k] != 0; k++) {
		if (!of_field(command_rows[command].keys[k])) {
			shown_key(command_rows[command].keys[k], out);
			return;
		}
	}
}

const char *
command_refusal(enum command command, unsigned have)
{
	unsigned missing = command_rows[command].needs & ~have;

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if ((missing & reasons[i].need) != 0) {
			return _(reasons[i].reason);
		}
	}
	return missing != 0 ? _("not here") : NULL;
}

bool
command_key_banned(int32_t key)
{
	static const int32_t banned[] = { 'd', 'D', K_DELETE, K_BACKSPACE,
		K_CTRL('s'), K_CTRL('q'), K_CTRL('a'), K_CTRL('b'), 'w', 'W', '[', ']',
		'{', '}', 'a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y' };

	for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++) {
		if (banned[i] == key) {
			return true;
		}
	}
	return key > 0x7e && key < K_UP;
}
