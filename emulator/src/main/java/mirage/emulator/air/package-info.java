// SPDX-License-Identifier: Apache-2.0
/**
 * The air: a medium in virtual time on which radios of chips and access points meet, each on a channel. It is kinder than
 * the real one: who sends at the same time does not disturb each other, and all are near.
 */
package mirage.emulator.air;
