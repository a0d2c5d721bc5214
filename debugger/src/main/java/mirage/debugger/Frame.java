// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.Optional;
import mirage.formats.SourceLocation;

/**
 * A call that has not returned.
 *
 * @param function as the source has it; of C code the linker's name
 * @param place where it is, or goes on; nothing if it is not known
 * @param inlined whether its code was put into another function: its caller, the next frame, or one that has called it
 *     last of all and is gone
 * @param callerSp the stack pointer once it has returned; inlined calls have their caller's
 */
public record Frame(
    String function, Optional<SourceLocation> place, boolean inlined, int callerSp) {}
