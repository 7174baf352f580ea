/* register_words.h - the closed lists of the register's fields. */
#ifndef CORE_REGISTER_WORDS_H
#define CORE_REGISTER_WORDS_H

#define KIND_WORDS "hardware software attack link power other"
#define CLASS_WORDS "member body superior ministry police press"
#define ASSET_KIND_WORDS "data_centre platform application website network" \
	" conference security storage power outside"
#define ASSET_STATE_WORDS "normal slow no_standby down maintenance unknown"
#define UNIT_KIND_WORDS "commune department"
#define GROUP_OF_WORDS "unit contact asset member"

#endif
