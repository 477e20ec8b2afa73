/* refills-field-note.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-problem-list.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_FIELD_NOTE (refills_field_note_get_type ())
G_DECLARE_FINAL_TYPE (RefillsFieldNote, refills_field_note, REFILLS, FIELD_NOTE, AdwPreferencesRow)

void                refills_field_note_set_field     (RefillsFieldNote *self,
                                                      AdwEntryRow      *field);
void                refills_field_note_set_hint      (RefillsFieldNote *self,
                                                      const char       *hint);
void                refills_field_note_set_complaint (RefillsFieldNote *self,
                                                      const char       *complaint);
RefillsProblemList *refills_field_note_get_problems  (RefillsFieldNote *self);

G_END_DECLS
