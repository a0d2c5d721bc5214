// SPDX-License-Identifier: Apache-2.0
/** An ESP32 in the JVM. */
package mirage.emulator;
