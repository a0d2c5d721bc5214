// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: options, help, exit codes. What the commands do is in the other packages.
 *
 * <p>It has more classes than can be seen at once: each command is one, {@code XCommand}, and shares
 * {@link mirage.config.command.RootCommand}'s options with the others.
 */
package mirage.config.command;
