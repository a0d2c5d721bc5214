// SPDX-License-Identifier: Apache-2.0
/** What a profile shows: a table of functions, a flame graph. */
package mirage.config.profile;
