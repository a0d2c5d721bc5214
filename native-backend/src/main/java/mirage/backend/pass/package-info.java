// SPDX-License-Identifier: Apache-2.0
/** Analyses and rewritings of the intermediate representation, one class each. */
package mirage.backend.pass;
