/* rules.c owns the playbook of test_rules and its table: "'" stands for a double
 * quote, "`" for a single one, "@action11" for an identifier. */
#include "tests/playbooks/rules.h"

#include <stddef.h>

#include "playbooks/findings.h"

#define TLP_GREEN "marking-tlp--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"
#define MANUAL "'commands':[{'type':'manual','command':'x'}],'agent':'@group50',"
#define LEAF(n, end) "'@action" n "':{'type':'action'," MANUAL \
	"'on_completion':'@end" end "'},'@end" end "':{'type':'end'}"

const char rules_base[] =
	"{'type':'playbook','spec_version':'cacao-2.0','id':'@playbook1','name':'Base',"
	"'playbook_types':['remediation'],'playbook_activities':['restore-capabilities'],"
	"'playbook_processing_summary':{'if_logic':true,'manual_playbook':true},"
	"'created_by':'@identity2','created':'2026-01-05T08:00:00.000Z',"
	"'modified':'2026-01-05T08:00:00.000Z','revoked':false,"
	"'valid_from':'2026-01-06T00:00:00Z','valid_until':'2036-01-06T00:00:00Z',"
	"'derived_from':['@playbook3'],'related_to':['@identity2'],"
	"'priority':1,'severity':2,'impact':100,'labels':['x'],"
	"'external_references':[{'name':'n','description':'d'}],"
	"'markings':['" TLP_GREEN "'],"
	"'playbook_variables':{'__n__':{'type':'integer','value':'5'},"
	"'__s__':{'type':'string','external':true},"
	"'__c__':{'type':'string','value':'x','constant':true},"
	"'__d__':{'type':'dictionary','value':null}},"
	"'workflow_start':'@start10','workflow_exception':'@action17','workflow':{"
	"'@start10':{'type':'start','on_completion':'@action11'},"
	"'@action11':{'type':'action','name':'Look','commands':[{'type':'manual',"
	"'command':'Look at __s__:value','playbook_activity':'restore-capabilities'}],"
	"'agent':'@group50','targets':['@linux51'],'in_args':['__s__'],"
	"'out_args':['__n__'],'step_variables':{'__own__':{'type':'string'}},"
	"'delay':0,'timeout':60000,'owner':'@identity2',"
	"'on_success':'@if-condition12','on_failure':'@end19'},"
	"'@if-condition12':{'type':'if-condition','condition':'__n__:value > 3',"
	"'on_true':'@action21','on_false':'@action22','on_completion':'@while-condition13'},"
	LEAF("21", "31") "," LEAF("22", "32") ","
	"'@while-condition13':{'type':'while-condition','condition':'__s__:value = `a`',"
	"'on_true':'@action23','on_completion':'@parallel14'}," LEAF("23", "33") ","
	"'@parallel14':{'type':'parallel','next_steps':['@action24','@action25'],"
	"'on_completion':'@switch-condition15'},"
	"'@action24':{'type':'action'," MANUAL "'out_args':['__n__'],"
	"'on_completion':'@end34'},'@end34':{'type':'end'}," LEAF("25", "35") ","
	"'@switch-condition15':{'type':'switch-condition','switch':'__s__:value',"
	"'cases':{'a':'@action26','default':'@action27'},"
	"'on_completion':'@playbook-action16'}," LEAF("26", "36") "," LEAF("27", "37") ","
	"'@playbook-action16':{'type':'playbook-action','playbook_id':'@playbook4',"
	"'in_args':['__n__'],'on_completion':'@end18'},"
	"'@end18':{'type':'end'},'@end19':{'type':'end'}," LEAF("17", "38") "},"
	"'agent_definitions':{'@group50':{'type':'group','name':'Watch',"
	"'contact':{'email':{'desk':'watch@desk.example'}}}},"
	"'target_definitions':{'@linux51':{'type':'linux','name':'Host',"
	"'address':{'ipv4':['192.0.2.1']},'authentication_info':'@user-auth60',"
	"'location':{'latitude':'15.1','longitude':'108.8'}}},"
	"'authentication_info_definitions':{'@user-auth60':{'type':'user-auth',"
	"'username':'u','kms':true,'kms_key_identifier':'k'}},"
	"'extension_definitions':{'@extension-definition61':{'type':'extension-definition',"
	"'name':'e','created_by':'@identity2','schema':'s','version':'1'}},"
	"'playbook_extensions':{'@extension-definition61':{'x':1}},"
	"'data_marking_definitions':{'" TLP_GREEN "':{'type':'marking-tlp',"
	"'id':'" TLP_GREEN "','created_by':'identity--5abe695c-7bd5-4c31-8824-2528696cdbf1',"
	"'created':'2022-10-01T00:00:00.000Z','tlpv2_level':'TLP:GREEN'}},"
	"'signatures':[{'type':'jss','id':'@jss70','created':'2026-01-05T08:00:00.000Z',"
	"'modified':'2026-01-05T08:00:00.000Z','signee':'w','related_to':'@playbook1',"
	"'related_version':'2026-01-05T08:00:00.000Z','hash_algorithm':'SHA-256',"
	"'algorithm':'Ed25519','public_key':'k','value':'dmFsdWU'}]}";

#define A11 "/workflow/@action11"
#define COMMAND A11 "/commands/0"
#define TLP "/data_marking_definitions/" TLP_GREEN
#define HOST "/target_definitions/@linux51"
#define LOGIN "/authentication_info_definitions/@user-auth60"

const struct rule_case rules_cases[] = {
	{ 1, 'R', "/type", NULL, "/" }, { 1, 'R', "/type", "'play'", NULL },
	{ 1, 'R', "/spec_version", NULL, "/" }, { 1, 'R', "/id", NULL, "/" },
	{ 1, 'R', "/name", NULL, "/" }, { 1, 'R', "/created_by", NULL, "/" },
	{ 1, 'R', "/created", NULL, "/" }, { 1, 'R', "/modified", NULL, "/" },
	{ 1, 'R', "/workflow_start", NULL, "/" }, { 1, 'R', "/workflow", NULL, "/" },
	{ 2, 'R', "/spec_version", "'cacao-3.0'", NULL },
	{ 3, 'R', "/id", "'@identity1'", NULL },
	{ 3, 'E', "/derived_from", "['@identity2']", "/derived_from/0" },
	{ 3, 'E', "/workflow/@playbook-action16/playbook_id", "'@identity4'", NULL },
	{ 4, 'R', "/id", "'playbook--1'", NULL },
	{ 4, 'E', "/related_to", "['x']", "/related_to/0" },
	{ 4, 'E', "@end38", "end--38", "/workflow/end--38" },
	{ 5, 'E', "/created_by", "'@group50'", NULL },
	{ 6, 'E', "/created", "'2026-01-05T08:00:00Z'", NULL },
	{ 6, 'E', "/modified", "'2026-01-05T08:00:00.0000Z'", NULL },
	{ 7, 'E', "/modified", "'2026-01-05T08:00:00.000000Z'", NULL },
	{ 8, 'E', "/created", "'2026-01-05T08:00:00.000+07:00'", NULL },
	{ 8, 'E', "/valid_from", "'2026-01-05'", NULL },
	{ 9, 'E', "/created", "'2026-02-30T08:00:00.000Z'", NULL },
	{ 10, 'E', "/modified", "'2026-01-05T07:59:59.999Z'", NULL },
	{ 11, 'E', "/valid_until", "'2026-01-06T00:00:00Z'", NULL },
	{ 12, 'E', "/priority", "101", NULL }, { 12, 'E', "/severity", "-1", NULL },
	{ 12, 'E', "/impact", "1000", NULL },
	{ 13, 'E', "/priority", "'1'", NULL }, { 13, 'E', "/labels", "[1]", "/labels/0" },
	{ 13, 'R', "/revoked", "'no'", NULL }, { 13, 'E', "/agent_definitions", "[1]", NULL },
	{ 13, 'E', "/external_references", "['n']", "/external_references/0" },
	{ 13, 'R', "/playbook_variables/__n__", "5", NULL },
	{ 13, 'R', "/workflow", "[]", NULL }, { 13, 'R', A11 "/name", "5", NULL },
	{ 14, 'E', "/playbook_activities", NULL, "/" },
	{ 15, 'E', "/playbook_types", "['notification']", "/playbook_activities" },
	{ 16, 'E', "/playbook_activities", "['restore-capabilities','restore-data']",
	  "/playbook_activities/1" },
	{ 17, 'E', "/labels", "[]", NULL }, { 17, 'E', "/playbook_extensions", "{}", NULL },
	{ 17, 'E', A11 "/targets", "[]", NULL },
	{ 18, 'E', "/colour", "'red'", NULL }, { 18, 'E', A11 "/colour", "'red'", NULL },
	{ 18, 'E', COMMAND "/colour", "'red'", NULL }, { 18, 'E', HOST "/colour", "'r'", NULL },
	{ 18, 'E', "/signatures/0/colour", "'red'", NULL }, { 18, 'E', TLP "/colour", "'r'", NULL },
	{ 18, 'E', "/external_references/0/description", NULL, "/external_references/0" },
	{ 19, 'E', "/markings", "['marking-tlp--94868c89-83c2-464b-929b-a1a8aa3c8487']",
	  "/markings/0" },
	{ 20, 'E', TLP "/tlpv2_level", "'TLP:WHITE'", NULL },
	{ 20, 'E', TLP "/created", NULL, TLP },
	{ 21, 'E', TLP "/id", "'marking-tlp--94868c89-83c2-464b-929b-a1a8aa3c8487'", NULL },
	{ 22, 'E', "'@start10':{'type':'start',", "'@start10':{'type':'action'," MANUAL,
	  "/workflow" },
	{ RULE_NOT_RUN, 'R', "/workflow_start", "'@start99'", NULL },
	{ 23, 'E', "/workflow_start", "'@action11'", NULL },
	{ 24, 'E', "/workflow_exception", "'@action99'", NULL },
	{ 25, 'E', "'workflow_exception':'@action17','workflow':{'@start10':{'type':'start',"
	  "'on_completion':'@action11'},", "'workflow':{'@start10':{'type':'start',"
	  "'on_completion':'@end18'},'@end18':{'type':'end'}},'x':{", "/workflow" },
	{ 26, 'E', "/workflow", "{'@start10':{'type':'start','on_completion':'@action17'},"
	  "'@action17':{'type':'action'," MANUAL "'name':'no exit'}}", NULL },
	{ 27, 'E', "@end38", "@action38", "/workflow/@action38" },
	{ 28, 'R', A11 "/type", "'single'", A11 }, { 28, 'R', A11 "/type", NULL, A11 },
	{ 29, 'E', "/workflow/@start10/on_completion", "'@action99'", NULL },
	{ 29, 'E', "/workflow/@parallel14/next_steps", "['@action24','@action99']",
	  "/workflow/@parallel14/next_steps/1" },
	{ 29, 'E', "/workflow/@switch-condition15/cases/a", "'@action99'", NULL },
	{ 30, 'R', A11 "/on_completion", "'@end19'", A11 },
	{ 31, 'R', "/workflow/@start10/on_failure", "'@end19'", "/workflow/@start10" },
	{ 32, 'R', "/workflow/@end18/on_completion", "'@end19'", "/workflow/@end18" },
	{ 33, 'E', "/workflow/@action21/on_completion", NULL, "/workflow/@action21" },
	{ 33, 'E', "/workflow/@parallel14/on_completion", NULL, "/workflow/@parallel14" },
	{ 34, 'E', A11 "/agent", NULL, A11 }, { 34, 'E', A11 "/commands", NULL, A11 },
	{ 34, 'E', A11 "/commands", "[]", NULL }, { 34, 'E', COMMAND "/type", NULL, COMMAND },
	{ 34, 'E', COMMAND "/type", "'attack-cmd'", COMMAND },
	{ 35, 'E', A11 "/agent", "'@group99'", NULL },
	{ 35, 'E', A11 "/targets", "['@linux51','@linux99']", A11 "/targets/1" },
	{ 36, 'R', "/workflow/@parallel14/next_steps", "['@action24']", NULL },
	{ 36, 'R', "/workflow/@parallel14/next_steps", "[]", NULL },
	{ 37, 'R', "/workflow/@parallel14/next_steps", "['@action24','@action24']",
	  "/workflow/@parallel14/next_steps/1" },
	{ 38, 'E', "/workflow/@action22/on_completion", "'@end31'", "/workflow/@end31" },
	{ 39, 'R', "/workflow/@if-condition12/condition", NULL, "/workflow/@if-condition12" },
	{ 39, 'R', "/workflow/@if-condition12/condition", "'__n__:value >'", NULL },
	{ 39, 'R', "/workflow/@if-condition12/condition", "'__zz__:value = 3'", NULL },
	{ 39, 'R', "/workflow/@switch-condition15/switch", "'__zz__:value'", NULL },
	{ 40, 'R', "/workflow/@if-condition12/on_true", "['@action21']", NULL },
	{ 40, 'R', "/workflow/@switch-condition15/cases/a", "['@action26']", NULL },
	{ 41, 'R', A11 "/delay", "-1", NULL }, { 41, 'R', A11 "/timeout", "-1", NULL },
	{ 42, 'R', A11 "/timeout", "1.5", NULL }, { 42, 'R', A11 "/delay", "'1'", NULL },
	{ 43, 'R', "/workflow/@switch-condition15/cases", "{}", NULL },
	{ 43, 'R', "/workflow/@switch-condition15/cases", NULL, "/workflow/@switch-condition15" },
	{ 44, 'R', "/workflow/@playbook-action16/on_completion", "'@action11'",
	  "/workflow/@playbook-action16" },
	{ 45, 'E', "/workflow/@action21/on_completion", "'@parallel14'",
	  "/workflow/@parallel14" },
	{ 46, 'E', "@end38", "end--00000000-0000-1000-8000-000000000038",
	  "/workflow/end--00000000-0000-1000-8000-000000000038" },
	{ 47, 'E', "@linux51", "@linux50", "/" },
	{ 48, 'E', A11 "/owner", "'@group50'", NULL },
	{ 49, 'E', COMMAND "/command", "''", COMMAND },
	{ 49, 'E', COMMAND "/command", NULL, COMMAND },
	{ 50, 'R', COMMAND "/command_b64", "'a-b_'", NULL },
	{ 50, 'R', COMMAND "/command_b64", "'abc'", NULL },
	{ 51, 'R', COMMAND "/type", "'sigma'", COMMAND },
	{ 51, 'R', COMMAND "/type", "'yara'", COMMAND },
	{ 51, 'R', COMMAND "/type", "'jupyter'", COMMAND },
	{ 51, 'R', COMMAND "/type", "'kestrel'", COMMAND },
	{ 51, 'R', COMMAND "/type", "'elastic'", COMMAND },
	{ 52, 'E', COMMAND, "{'type':'openc2-http','command':'GET /x HTTP/1.1',"
	  "'content_b64':'YWJj'}", COMMAND "/command" },
	{ 52, 'E', COMMAND, "{'type':'openc2-http','command':'POST /x HTTP/1.1'}", NULL },
	{ 52, 'E', COMMAND, "{'type':'http-api','command':'http://host.example/'}",
	  COMMAND "/command" },
	{ 53, 'E', COMMAND, "{'type':'http-api','command':'GET /x HTTP/1.1',"
	  "'headers':{'Accept':'text'}}", COMMAND "/headers/Accept" },
	{ 54, 'E', "/playbook_variables/x", "{'type':'string'}", NULL },
	{ 54, 'E', "/playbook_variables/$$x$$", "{'type':'string'}", NULL },
	{ 54, 'E', COMMAND "/command", "'Look at $$s$$.value'", NULL },
	{ 55, 'R', "/playbook_variables/__n__/type", NULL, "/playbook_variables/__n__" },
	{ 55, 'R', "/playbook_variables/__n__/type", "'number'", NULL },
	{ 56, 'R', "/playbook_variables/__n__/value", "5", NULL },
	{ 56, 'R', "/playbook_variables/__n__/value", "{}", NULL },
	{ 57, 'R', "/playbook_variables/__n__/value", "'five'", NULL },
	{ 58, 'R', A11 "/out_args", "['__c__']", A11 "/out_args/0" },
	{ 59, 'E', A11 "/in_args", "['__zz__']", A11 "/in_args/0" },
	{ 59, 'E', A11 "/out_args", "['__n__','__zz__']", A11 "/out_args/1" },
	{ 59, 'E', COMMAND "/command", "'Call __zz__:value'", NULL },
	{ 60, 'E', "/agent_definitions/@group50/name", NULL, "/agent_definitions/@group50" },
	{ 60, 'E', HOST "/type", "'linux-system'", HOST },
	{ 61, 'E', HOST "/address", NULL, HOST },
	{ 61, 'E', HOST "/address", "{'fqdn':['a.example']}", HOST "/address/fqdn" },
	{ 61, 'E', HOST "/address", "{'ipv4':'192.0.2.1'}", HOST "/address/ipv4" },
	{ 61, 'E', HOST "/location/longitude", NULL, HOST "/location" },
	{ 62, 'E', LOGIN "/kms_key_identifier", NULL, LOGIN },
	{ 62, 'E', LOGIN "/password", "'x'", LOGIN },
	{ 63, 'E', "/playbook_extensions/@extension-definition62", "{'x':1}", NULL },
	{ 63, 'E', A11 "/step_extensions", "{'@extension-definition62':{}}",
	  A11 "/step_extensions/@extension-definition62" },
	{ 63, 'E', "/extension_definitions/@extension-definition61/schema", NULL,
	  "/extension_definitions/@extension-definition61" },
	{ 64, 'E', "/signatures/0/public_key", NULL, "/signatures/0" },
	{ 64, 'E', "/signatures/0/thumbprint", "'x'", "/signatures/0" },
	{ 64, 'E', "/signatures/0/value", NULL, "/signatures/0" },
	{ 65, 'E', "/signatures/0/related_version", "'2026-01-05T08:00:00.001Z'",
	  "/signatures/0" },
	/* what the engine does not run, and what is only told */
	{ RULE_NOT_RUN, 'R', "/workflow/@start10/on_completion", NULL, "/workflow/@start10" },
	{ RULE_NOT_RUN, 'R', A11 "/on_success", NULL, A11 },
	{ RULE_UNREACHABLE, 'W', "/workflow/@end90", "{'type':'end'}", NULL },
	{ RULE_STEP_EXTERNAL, 'W', A11 "/step_variables/__own__/external", "true",
	  A11 "/step_variables/__own__" },
	{ RULE_SHADOWING, 'W', A11 "/step_variables/__n__", "{'type':'integer'}", NULL },
	{ RULE_SHADOWING, 'W', "'on_true':'@action23','on_completion':'@parallel14'},"
	  "'@action23':{", "'on_true':'@action23','on_completion':'@parallel14',"
	  "'step_variables':{'__i__':{'type':'string'}}},"
	  "'@action23':{'step_variables':{'__i__':{'type':'string'}},",
	  "/workflow/@action23/step_variables/__i__" },
	{ RULE_TWO_WRITERS, 'W', "/workflow/@action25/out_args", "['__n__']",
	  "/workflow/@parallel14" },
	{ RULE_SUMMARY, 'W', "/playbook_processing_summary/if_logic", "false", NULL },
	{ RULE_EMAIL, 'W', "/agent_definitions/@group50/contact/email/desk", "'watch'",
	  "/agent_definitions/@group50/contact/email/desk" },
	{ RULE_HEX_SIGNATURE, 'W', "/signatures/0/value",
	  "'0123456789abcdef0123456789abcdef'", "/signatures/0" },
	{ RULE_STYLE, 'W', "/workflow/@if-condition12/condition", "'__n__:value == 3'", NULL },
	{ RULE_STYLE, 'W', "/workflow/@while-condition13/condition", "'__s__:value = a'", NULL },
	{ RULE_NO_TIME, 'W', A11 "/timeout", "0", NULL },
	{ RULE_BORROWED, 'E', "/workflow/@while-condition13/condition",
	  "'__own__:value = `a`'", NULL },
	{ RULE_OBJECT_VALUE, 'W', "/playbook_variables/__d__/value", "{'a':1}", NULL },
	{ RULE_EXTENSION, 'E', "'delay':0,", "'step_extensions':{'extension-definition--5c0c0a11-"
	  "7e5d-4a57-9d3c-3f1c5e8a2b01':{'x':1}},", A11 },
};
const int rules_case_count = (int)(sizeof rules_cases / sizeof rules_cases[0]);
