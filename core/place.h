/* place.h - where the parts of suco, its data and a member's files are. */
#ifndef CORE_PLACE_H
#define CORE_PLACE_H

#include <stdbool.h>

#include "core/error.h"

/* The program of a part ("suco-serve"): $SUCO_LIBEXEC, the build tree where
 * this program runs from it, the prefix, in turn.  None: ERR_UNAVAILABLE with
 * the package that brings it.  The caller frees *out. */
bool place_program(char **out, const char *name, struct error *err);

/* A file or folder of the shipped data ("profiles/quangngai.json", "plans"):
 * $SUCO_DATA, the build tree, the prefix, in turn.  The caller frees *out. */
bool place_data(char **out, const char *name, struct error *err);

/* The member's own files: $XDG_CONFIG_HOME/suco/NAME and so on, with the
 * defaults of the XDG base directories; a relative value is ignored, as they
 * say.  NULL only where the system knows no home.  The caller frees. */
char *place_config(const char *name);
char *place_share(const char *name); /* XDG_DATA_HOME */
char *place_state(const char *name); /* XDG_STATE_HOME: drafts, history */
/* $HOME/NAME, or by the login's entry; NULL as above. */
char *place_home(const char *name);

/* The desk where none is named: $XDG_DATA_HOME/suco/desk.db. */
char *place_desk(void);

#endif
