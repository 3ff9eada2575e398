/*
 * libivnotes: informational interviews kept as Markdown notes. One header a stage; each includes
 * those before it.
 *
 *	vault.h    a folder -> its config and its notes
 *	note.h     bytes -> a note
 *	index.h    notes -> facts, and questions to them
 *	rules.h    facts -> what is owed and what is wrong
 *	view.h     that -> text, JSON, SARIF
 *	edit.h     a wanted change -> a note's new bytes
 *	merge.h    what two sides made of a note -> one note
 *	history.h  two versions of a note -> what the newer one says
 *	vcs.h      git: any revision as a source of notes; commits
 */
#ifndef IVNOTES_IVNOTES_H
#define IVNOTES_IVNOTES_H

#include <ivnotes/base.h>
#include <ivnotes/edit.h>
#include <ivnotes/history.h>
#include <ivnotes/index.h>
#include <ivnotes/merge.h>
#include <ivnotes/note.h>
#include <ivnotes/rules.h>
#include <ivnotes/vault.h>
#include <ivnotes/vcs.h>
#include <ivnotes/view.h>

#endif
