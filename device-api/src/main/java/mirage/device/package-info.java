// SPDX-License-Identifier: Apache-2.0
/**
 * How a jar offers device implementations and OCaml libraries to the mirage tool.
 *
 * <p>A jar implements {@link mirage.device.DeviceProvider}, names it in {@code
 * META-INF/services/mirage.device.DeviceProvider}, and carries OCaml and C sources as resources.
 * Nothing in the tool knows the jar beforehand. This package depends on the JDK alone.
 */
package mirage.device;
