// SPDX-License-Identifier: Apache-2.0
/**
 * The ESP32's WiFi MAC, as open drivers found it to work on silicon (esp32-open-mac, esp-wifi-hal): the vendor
 * describes none of it. What nobody knows is modelled strictly: a driver that does what those drivers do is right.
 */
package mirage.emulator.wifi;
