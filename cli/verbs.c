/* verbs.c owns the table of verbs: help, the man page and the parser read it. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/subverbs.h"
#include "cli/tables_clock.h"
#include "cli/tables_duty.h"
#include "cli/tables_hand.h"
#include "cli/tables_shift.h"
#include "cli/tables_wait.h"
#include "cli/verb_options.h"
#include "cli/verbs_of.h"
#include "core/i18n.h"

#define CHANGE (VERB_DESK | VERB_CHANGES)
#define ACT (CHANGE | VERB_CASE | VERB_RESULT) /* changes one case, prints it */
#define READ (VERB_DESK | VERB_READONLY)
#define LOOK (VERB_DESK | VERB_CASE | VERB_BARE_READS)

/* Sorted: looked up with bsearch (a test asserts the order). */
const struct verb verbs[] = {
	{ "ack", "", 0, 0, ACT,
	  N_("Acknowledge a case: you take it up."), NULL, "suco ack 42", verb_ack },
	{ "answer", "N", 1, 1, ACT,
	  N_("Record what became of an order asked for: an answer, none, the fall-back."),
	  answer_options, "suco answer 42 1 --answer \"Tắt\" --by \"đ/c Minh\"\n"
	  "suco answer 42 1 --no-answer\nsuco answer 42 1 --fallback --by \"Hà\"\n"
	  "suco answer 42 1 --document 12/CT --date 21/11/2026", verb_answer },
	{ "ask", "[list] ROLE|NAME --question TEXT", 0, 1, CHANGE | VERB_CASE,
	  N_("Ask somebody for an order: of whom, what, until when."), ask_options,
	  "suco ask 42 --step 15\nsuco ask 42 tt_cds --question \"Mở lại?\" --until 03:00"
	  " --options Mở,Giữ", verb_ask, ask_subverbs },
	{ "asset", "add|alive|import|list|set|show ...", 0, 0, VERB_DESK,
	  N_("Systems and sites: what is known, from where, and what hangs on them."),
	  asset_options, "suco asset show LGSP\nsuco asset set LGSP state=down", NULL,
	  asset_subverbs },
	{ "assign", "LOGIN", 1, 1, ACT,
	  N_("Give a case to a member, who is told."), NULL, "suco assign 42 tuan",
	  verb_assign },
	{ "backup", "FILE", 1, 1, VERB_DESK,
	  N_("Copy the desk into a new file and prove the copy."), NULL,
	  "suco backup /srv/backup/desk-2026-11-21.db", verb_backup },
	{ "begin", "[PLAYBOOK]", 0, 1, CHANGE | VERB_CASE,
	  N_("Begin a plan on a case: the one that fits, or the named one."), begin_options,
	  "suco begin 42\nsuco begin 42 PA-MD", verb_begin },
	{ "call", "[list|fix] ROLE|member:LOGIN|point:N|unit:CODE", 1, 1, CHANGE | VERB_CASE,
	  N_("Record a telephone call: who answered, what was said."), call_options,
	  "suco call 42 list\nsuco call 42 dien --answered-by \"trực ban\" --result \"hẹn 03:30\"\n"
	  "suco call 42 vp_ubnd --no-answer\n"
	  "suco call 42 fix 3 --reason \"nhầm người\" --answered-by \"Minh\"",
	  verb_call, call_subverbs },
	{ "close", "", 0, 0, ACT,
	  N_("Close a recovered case with cause, result and lessons."), close_options,
	  "suco close 42 --cause \"...\" --result \"...\" --lessons \"...\"", verb_close },
	{ "config", "", 0, 0, VERB_STRICT | VERB_CSV,
	  N_("Print every key of suco.conf: value, where it is from, default, meaning."), NULL,
	  "suco config", verb_config },
	{ "confirmed", "MESSAGE UNIT...|-", 2, -1, CHANGE | VERB_CASE,
	  N_("Record which units confirmed what was posted; \"all\" are those left."),
	  confirmed_options, "suco confirmed 42 last \"Ba Tơ\" xa-qn-01\n"
	  "suco confirmed 42 list last --left", verb_confirmed, confirmed_subverbs },
	{ "contact", "add|list|set|sheet|show|unverified|verify ...", 0, 0, VERB_DESK,
	  N_("Contacts: roles at bodies, with addresses and validity."), contact_options,
	  "suco contact set dien --mail truc@dien.example --verified 2026-11-21", NULL,
	  contact_subverbs },
	{ "copy", "", 0, 0, VERB_DESK | VERB_CASE | VERB_OR_READ,
	  N_("Copy a case into one file that is read without suco: text, then JSON."),
	  copy_options, "suco copy 42\nsuco copy 42 -o /media/usb/42.txt", verb_copy },
	{ "countdown", "[add|list|stop ...]", 0, 0, LOOK | VERB_CSV,
	  N_("Minutes that somebody read, counting down on every screen."),
	  countdown_options,
	  "suco countdown 42 add \"CÒN ĐIỆN\" 38 --at 02:21\nsuco countdown 42 stop 1",
	  verb_countdown_list, countdown_subverbs },
	{ "deadline", "[add|list|na ...]", 0, 0, LOOK | VERB_CSV,
	  N_("The lawful clocks of a case: what is owed to whom, by when, on whose behalf."),
	  deadline_options, "suco deadline 42\nsuco deadline 42 na 1 --reason \"...\"",
	  verb_deadline, deadline_subverbs },
	{ "deadlines", "", 0, 0, READ | VERB_CSV,
	  N_("All running clocks of the desk, the nearest first."), deadlines_options,
	  "suco deadlines --json", verb_deadlines },
	{ "decisions", "", 0, 0, READ | VERB_CSV,
	  N_("The register of decisions: asked, answered, by authority, confirmed."),
	  decisions_options, "suco decisions --no-document\nsuco decisions --open --json",
	  verb_decisions },
	{ "decline", "", 0, 0, ACT,
	  N_("Say that you cannot take a case: the next one is called."), answer_note_option,
	  "suco decline 42\nsuco decline 42 --note \"Đang ở Lý Sơn\"", verb_decline },
	{ "deliver", "", 0, 0, 0,
	  N_("Send what is due, once; without --once go on, as serve does."), deliver_options,
	  "suco deliver --once", verb_deliver },
	{ "duty", "[away|gaps|ics|import|layers|override|set|swap ...]", 0, 0,
	  VERB_DESK | VERB_BARE_READS | VERB_CSV, N_("Who is on call: the duty roster."),
	  duty_options, "suco duty\nsuco duty --week\nsuco duty set first --people ha,tuan"
	  " --type weekly --start 2026-11-23T06:00\n"
	  "suco duty override replace ha tuan --layer first --from 18:00 --to 06:00\n"
	  "suco duty gaps --days 30\nsuco duty ics ha -o ha.ics", verb_duty, duty_subverbs },
	{ "escalate", "", 0, 0, ACT,
	  N_("Call the next one for a case now, without waiting."), escalate_options,
	  "suco escalate 42\nsuco escalate 42 --reason \"còn điện 20 phút\"", verb_escalate },
	{ "evidence", "add|custody|get|handover|item|list|record ...", 0, 0, VERB_DESK | VERB_CASE,
	  N_("Take files into the desk by hash, list them, get one out."), evidence_options,
	  "suco evidence 42 add photo.jpg --note \"...\"\nsuco evidence 42 get 1 -o photo.jpg",
	  NULL, evidence_subverbs },
	{ "group", "add|list|set|show ...", 0, 0, VERB_DESK,
	  N_("Named lists of communes, departments, telecoms, members."), group_options,
	  "suco group show xa", NULL, group_subverbs },
	{ "handover", "[show|give|take|back|list]", 0, 0,
	  VERB_DESK | VERB_BARE_READS,
	  N_("Hand the shift over: one page, signed by both; without a word it is shown."),
	  handover_options, "suco handover\nsuco handover give --to linh --words \"...\"\n"
	  "suco handover take 3", verb_handover_show, handover_subverbs },
	{ "help", "[VERB]", 0, 1, 0, N_("Show the verbs, or one verb with its options."),
	  NULL, "suco help new\nsuco help limits\nsuco help roles\nsuco help statuses", verb_help },
	{ "hold", "ID", 1, 1, CHANGE, N_("Hold a message back until it is released."),
	  reason_option, "suco hold 17 --reason \"...\"", verb_hold },
	{ "holiday", "add|confirm|import|list|remove ...", 0, 0, VERB_DESK,
	  N_("Days that do not count as working days; the Prime Minister decides yearly."),
	  holiday_options, "suco holiday list --year 2027\nsuco holiday add 12/02/2027 \"Tết\"\n"
	  "suco holiday add 13/02/2027 \"Làm bù\" --working", NULL, holiday_subverbs },
	{ "init", "", 0, 0, 0, N_("Make a desk."), init_options,
	  "suco init --profile quangngai\nsuco --desk demo.db init --demo", verb_init },
	{ "keys", "", 0, 0, VERB_CSV, N_("Print the keys of the screens."), NULL, "suco keys",
	  verb_keys },
	{ "link", "CASE", 1, 1, ACT, N_("Link two cases."), NULL, NULL,
	  verb_link },
	{ "list", "[WORDS]", 0, -1, READ | VERB_CSV,
	  N_("List cases, newest first; words search."), list_options,
	  "suco list --open --sort due\nsuco list dien --json", verb_list },
	{ "log", "TEXT", 1, 1, VERB_DESK | VERB_CHANGES,
	  N_("Write into the shift log, or list it: what happens beside the cases."),
	  log_options, "suco log \"SOC: bình thường\" --kind check\nsuco log list --from -8h",
	  verb_log, log_subverbs },
	{ "member", "add|list|set|show ...", 0, 0, VERB_DESK,
	  N_("The team: logins, roles, addresses."), member_options,
	  "suco member add tuan --name \"Lê Minh Tuấn\" --role responder --mail tuan@doi.example\n"
	  "suco member set tuan desktop=yes", NULL, member_subverbs },
	{ "merge", "INTO", 1, 1, ACT,
	  N_("Merge a case into another; nothing is moved."), NULL, "suco merge 43 42",
	  verb_merge },
	{ "new", "", 0, 0, CHANGE | VERB_INPUT,
	  N_("Open a case and print its number."), new_options,
	  "suco new --kind power --title \"Mất điện TTDL\" --asset TTDL --begin", verb_new },
	{ "note", "[TEXT|-]", 0, 1, ACT | VERB_INPUT,
	  N_("Write a note into a case's timeline."), note_options,
	  "suco note 42 \"còn 45 phút\" --at 02:14\nsuco note 42 - < words.txt", verb_note },
	{ "notice", "confirm|list|sent|void ...", 0, 0, VERB_DESK,
	  N_("Record the reports that a person sent; nothing is ever sent by itself."),
	  notice_options, "suco notice sent 42 initial-24h --number 12/TB --channel e_office"
	  " --at 02:40\nsuco notice confirm 42 initial-24h --confirmed-by \"...\"", NULL,
	  notice_subverbs },
	{ "notify", "list|probe|test ...", 0, 0, 0,
	  N_("See how the channels do, and try one: a test message to somebody."), NULL,
	  "suco notify list\nsuco notify test mail tuan", NULL, notify_subverbs },
	{ "obligation", "csv|done|list|set ...", 0, 0, VERB_DESK,
	  N_("Duties with a period: backups, checks, the yearly reports."),
	  obligation_options,
	  "suco obligation list\nsuco obligation done report-year-owner/2026 --at 18/12/2026\n"
	  "suco obligation csv", NULL, obligation_subverbs },
	{ "observable", "TYPE VALUE", 2, 2, ACT,
	  N_("Add what was seen: ip, domain, url, mail, hash, file, account, host, phone, other."),
	  observable_options, "suco observable 42 ip 192.0.2.7 --tlp amber", verb_observable },
	{ "outbox", "", 0, 0, READ | VERB_CSV,
	  N_("Messages and their true states, newest first."), outbox_options,
	  "suco outbox --state held", verb_outbox },
	{ "over", "[list|told ...]", 0, 0, LOOK | VERB_CSV,
	  N_("Who must hear that it is over, and who has heard it."), over_options,
	  "suco over 42\nsuco over 42 told 3 4 --how \"Zalo\"\n"
	  "suco over 42 told --all --how \"...\"",
	  verb_over_list, over_subverbs },
	{ "paper", "FILE|-", 1, 1, CHANGE | VERB_CASE,
	  N_("Key in what was done on paper: TIME | WHAT | STEP | WHO, all or none."),
	  NULL, "suco paper 42 - < phieu.txt\n"
	  "echo '02:36 #15 tắt máy chủ thư @Nam' | suco paper 42 -", verb_paper },
	{ "pass", "LOGIN", 1, 1, ACT,
	  N_("Pass a case that you are called to on to another member, who is called."),
	  answer_note_option, "suco pass 42 nam", verb_pass },
	{ "planned", "add|list|set ...", 0, 0, VERB_DESK,
	  N_("Work announced on systems: what changed before something broke."),
	  planned_options,
	  "suco planned add LGSP --what \"vá hệ điều hành\" --from 22:00 --until 23:30 --by Tuấn",
	  NULL, planned_subverbs },
	{ "playbook", "check|draw|edit|export|import|list|new|print|show|try ...", 0, 0, 0,
	  N_("Look at plans, write them, check them, bring them in."), playbook_options,
	  "suco playbook new --from plan.md -o plan.json\n"
	  "suco playbook check plan.json\nsuco playbook show PA-MD", NULL, playbook_subverbs },
	{ "point", "add|import|list|remove|set|tick ...", 0, 0, VERB_DESK | VERB_CASE,
	  N_("Affected places of a case with their states, and the lists of its steps."),
	  point_options, "suco point 41 import - < zalo.txt\n"
	  "suco point 41 set 1 3-5 state=back back_at=05:40\nsuco point 41 list --by area\n"
	  "suco point 41 tick 2 \"người nghe=bà B\" --step 7", NULL, point_subverbs },
	{ "posted", "CHANNEL [TEXT|-]", 1, 2, CHANGE | VERB_CASE,
	  N_("Record what was posted on Zalo, on paper or in person, and to whom."),
	  posted_options, "suco posted 42 zalo --show --next 03:30\n"
	  "suco posted 42 zalo \"THÔNG BÁO ...\" --to xa_96", verb_posted, posted_subverbs },
	{ "print", "CASE|coordination", 1, 1, VERB_DESK | VERB_READONLY,
	  N_("Print a case on A4: its plan with boxes, telephones, clocks; or who coordinates."),
	  print_options, "suco print 42 | lpr\nsuco print 42 --format pdf -o 42.pdf\n"
	  "suco print coordination",
	  verb_print },
	{ "quick", "CASE | confirm|list|sent|show ...", 1, 1, CHANGE,
	  N_("Eight lines of a case for members, a body or superiors; sent by a person only."),
	  quick_options,
	  "suco quick 42 --next 03:30\n"
	  "suco quick sent 42 1 --to vp_ubnd --channel phone --at 02:35", verb_quick,
	  quick_subverbs },
	{ "redact", "SEQ FIELD... | contact|unit|... KEY FIELD...", 2, -1,
	  CHANGE | VERB_CASE | VERB_OR_DESK | VERB_OR_THING,
	  N_("Take text out of the desk for good; the timeline says who, by which law, why."),
	  redact_options, "suco redact 42 1207 text --law \"NĐ 13/2023\" --reason \"...\"\n"
	  "suco redact desk 1311 text --law \"NĐ 13/2023\" --reason \"...\"\n"
	  "suco redact contact ncc_ups name phone --law \"NĐ 13/2023\" --reason \"...\"",
	  verb_redact },
	{ "register", "gaps", 0, 0, VERB_DESK,
	  N_("What the register lacks before something happens."), NULL, "suco register gaps",
	  NULL, register_subverbs },
	{ "release", "ID", 1, 1, CHANGE, N_("Let a held message go out."), reason_option,
	  "suco release 17", verb_release },
	{ "reopen", "", 0, 0, ACT, N_("Reopen a closed case."),
	  reason_option, "suco reopen 42 --reason \"...\"", verb_reopen },
	{ "reportable", "yes|no|unknown", 1, 1, ACT,
	  N_("Decide whether a case is reportable by law, with the reason."), reason_option,
	  "suco reportable 42 unknown --reason \"...\"", verb_reportable },
	{ "resend", "ID", 1, 1, CHANGE, N_("Send a message again that did not arrive."), NULL,
	  "suco resend 17", verb_resend },
	{ "restore", "FILE", 1, 1, VERB_DESK,
	  N_("Put a backup into the live desk; the present one is saved beside it."), NULL,
	  "suco restore /srv/backup/desk-2026-11-21.db", verb_restore },
	{ "rule", "add|import|list|set|show|test ...", 0, 0, VERB_DESK,
	  N_("Rules: severity, contacts, plans; test says why one fits."), rule_options,
	  "suco rule test 42", NULL, rule_subverbs },
	{ "run", "export|list|pause|playbook|resume|stop|vars [RUN]", 0, 0, VERB_DESK | VERB_CASE,
	  N_("The plans of a case as a whole: pause, go on, stop, give to others."), run_options,
	  "suco run 42 list\nsuco run 42 pause --reason \"...\"\nsuco run 42 export -o run.json",
	  NULL, run_subverbs },
	{ "scene", "hold|list|release ...", 0, 0, VERB_DESK,
	  N_("Scenes that the police asked in writing to keep as they are."), scene_options,
	  "suco scene hold 42 --body \"Công an tỉnh\" --document 12/CV --date 21/11\n"
	  "suco scene release 1 --by \"...\" --document 15/CV", NULL, scene_subverbs },
	{ "search", "WORDS", 1, -1, READ | VERB_CSV,
	  N_("Find cases, reports and log entries, with or without marks."), limit_option,
	  "suco search mat dien", verb_search },
	{ "serve", "", 0, 0, 0,
	  N_("Run the engine: it delivers messages until it is told to end."), NULL,
	  "suco serve", verb_serve },
	{ "set", "FIELD=VALUE...", 0, -1, ACT | VERB_INPUT,
	  N_("Change fields of a case."), set_options, "suco set 42 asset=TTDL tlp=amber",
	  verb_set },
	{ "setting", "list|set ...", 0, 0, VERB_DESK,
	  N_("The desk's settings, and who each role of the plans is."), NULL,
	  "suco setting set watch tuan\nsuco setting set agent.truc_ca member:tuan", NULL,
	  setting_subverbs },
	{ "severity", "N", 1, 1, ACT,
	  N_("Decide the severity, 1 to 4, with the reason."), reason_option,
	  "suco severity 42 4 --reason \"...\"", verb_severity },
	{ "show", "", 0, 0, READ | VERB_CASE, N_("Show one case whole."), NULL,
	  "suco show 42 --json", verb_show },
	{ "status", "TO", 1, 1, ACT, N_("Change the status of a case."),
	  reason_option, "suco status 42 responding", verb_status },
	{ "step", "STEP start|done|failed|skip|assign|extend|back [LOGIN]", 2, 3,
	  CHANGE | VERB_CASE, N_("Work a step: its number, step id or instance id."), step_options,
	  "suco step 42 3 done --note \"...\" --set phut_ac_quy=45\nsuco step 42 5 assign tuan"
	  "\nsuco step 42 5 extend --minutes 15 --note \"...\"", verb_step },
	{ "steps", "", 0, 0, READ | VERB_CASE | VERB_CSV,
	  N_("Print the plans of a case in their order, with what is asked."), NULL,
	  "suco steps 42 --json", verb_steps },
	{ "task", "add|assign|done|due|list ...", 0, 0, VERB_DESK | VERB_CASE,
	  N_("Add and work tasks of a case."), task_options,
	  "suco task 42 add \"gọi bên điện\" --to tuan --due +15m\nsuco task 42 done 1",
	  NULL, task_subverbs },
	{ "timeline", "", 0, 0, READ | VERB_CASE | VERB_OR_DESK,
	  N_("Print the events of a case, oldest first; of the desk: what is no case's."),
	  follow_option, "suco timeline 42 --follow --json\nsuco timeline desk", verb_timeline },
	{ "tin", "[case|close|help|join|list|show ...]", 0, 0, CHANGE | VERB_INPUT,
	  N_("Record what a caller reports; list the reports and work them."), tin_options,
	  "suco tin --unit \"ba to\" --from \"Nam, VP UBND\" --callback 0914000111"
	  " --what \"mất mạng\"\nsuco tin list --open\nsuco tin case TB-7 --begin"
	  "\nsuco tin join 7 42", verb_tin, tin_subverbs },
	{ "undo", "", 0, 0, ACT,
	  N_("Take your own latest act on a case back; the timeline keeps both."), undo_options,
	  "suco undo 42\nsuco undo 42 --event 1207", verb_undo },
	{ "unit", "add|list|set|show ...", 0, 0, VERB_DESK,
	  N_("Communes and offices: names, former names, carrier."), unit_options,
	  "suco unit set xa-qn-04 \"aliases=Xã A; Xã B\" carrier=\"...\"", NULL,
	  unit_subverbs },
	{ "unlink", "CASE", 1, 1, ACT, N_("Take the link of two cases away."),
	  NULL, NULL, verb_unlink },
	{ "unmerge", "", 0, 0, ACT, N_("Undo a merge."), NULL, NULL,
	  verb_unmerge },
	{ "upgrade", "", 0, 0, 0, N_("Bring a desk of an older suco to this one's schema."),
	  NULL, "suco upgrade", verb_upgrade },
	{ "verify", "[CASE]", 0, 1, READ, N_("Prove that nothing was changed behind suco's back."),
	  verify_options, "suco verify --replay", verb_verify },
	{ "wait", "[list|asked|raise|set|done] ROLE|NAME --for TEXT", 1, 1,
	  CHANGE | VERB_CASE, N_("Wait for somebody outside: what they promised, until when."),
	  wait_options, "suco wait 42 vien_thong --for \"nối lại tuyến\" --ticket VT-77"
	  " --promised 03:30\nsuco wait 42 asked 1 --said \"đang hàn\" --promised 04:00\n"
	  "suco wait 42 raise 1\nsuco wait 42 done 1 --result \"thông lúc 03:50\"", verb_wait,
	  wait_subverbs },
	{ "waits", "", 0, 0, READ | VERB_CSV,
	  N_("All that the desk waits for outside, whom to call first."), NULL, "suco waits",
	  verb_waits },
	{ "watch", "", 0, 0, 0,
	  N_("Show your messages as desktop notifications while this session lasts."), NULL,
	  "suco watch &", verb_watch },
	{ "why", "", 0, 0, READ | VERB_CASE,
	  N_("Who will be called for a case, when, by what, and why not the others."), NULL,
	  "suco why 42\nsuco why 42 --json", verb_why },
	{ "wish", "list|set ...", 0, 0, VERB_DESK,
	  N_("How you want to be reached: quiet hours, channels, the hour of the digest."), NULL,
	  "suco wish list\nsuco wish set quiet 22:00-06:00\nsuco wish set digest 07:00\n"
	  "suco wish set channels.3 telegram,mail\nsuco wish set quiet \"\"", NULL,
	  wish_subverbs },
	{ 0 },
};

const struct verb *
verb_find(const char *name)
{
	for (const struct verb *verb = verbs; verb->name != NULL; verb++) {
		if (strcmp(verb->name, name) == 0) {
			return verb;
		}
	}
	return NULL;
}

const char *
verb_subject(const struct verb *verb)
{
	return (verb->flags & VERB_CASE) == 0 ? ""
		: (verb->flags & VERB_OR_DESK) == 0 ? " CASE" : " CASE|desk";
}
