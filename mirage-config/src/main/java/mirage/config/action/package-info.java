// SPDX-License-Identifier: Apache-2.0
/** What a command is about to do, as data: executed, or printed by {@code --dry-run}. */
package mirage.config.action;
