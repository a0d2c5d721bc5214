// SPDX-License-Identifier: Apache-2.0
/** The vendor's PHY library, which a user gives to a build: windowed code among call0 code. */
package mirage.bindings.phy;
