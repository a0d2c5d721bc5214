// SPDX-License-Identifier: Apache-2.0
/** A simulated access point: it lives on the air and bridges its stations to an Ethernet. */
package mirage.emulator.accesspoint;
