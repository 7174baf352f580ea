/* build_tree.h - is this program run from where it was built? */
#ifndef CORE_BUILD_TREE_H
#define CORE_BUILD_TREE_H

#include <stdbool.h>

/* Then parts, data and translations are those of the tree, not the prefix's. */
bool in_build_tree(void);

#endif
