// SPDX-License-Identifier: Apache-2.0
/** The command line: options, help, exit codes. What the commands do is in the other packages. */
package mirage.config.command;
