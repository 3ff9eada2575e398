/* The names of files that are there only while others are written, and what a crash left of them. */
#ifndef IV_BASE_TEMP_H
#define IV_BASE_TEMP_H

/*
 * A path in the folder that no walk takes for a note's: ".ivnotes-0123abcd.tmp"; another one with
 * each try, of which few enough will be taken. The caller frees.
 */
#define IV_TEMP_TRIES 100
char *iv_temp_path(const char *folder, int try);

/*
 * Removes files of such names from the open folder that nobody has touched for an hour. Call it
 * with the folder locked: then none of them is another writer's. What cannot be done is left.
 */
void iv_temp_sweep(int folder);

#endif
