// SPDX-License-Identifier: Apache-2.0
/** Clocks: time of day and time since start. */
package mirage.device.clock;
