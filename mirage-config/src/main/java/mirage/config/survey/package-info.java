// SPDX-License-Identifier: Apache-2.0
/** Finds out which OCaml libraries work on the chip: {@link mirage.config.survey.Survey}. */
package mirage.config.survey;
