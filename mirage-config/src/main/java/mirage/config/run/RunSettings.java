// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.util.Optional;
import mirage.emulator.net.NetworkOptions;
import mirage.emulator.profile.CallProfiler;
import mirage.emulator.run.RunOptions;

/**
 * How to run a unikernel.
 *
 * @param how what the user asks for
 * @param network what the chip's Ethernet cable leads to
 * @param profiler counts instructions by function
 */
public record RunSettings(
    RunOptions how, NetworkOptions network, Optional<CallProfiler> profiler) {}
