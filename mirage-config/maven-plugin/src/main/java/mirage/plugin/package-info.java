// SPDX-License-Identifier: Apache-2.0
/** The Maven plugin that generated projects name; all it does is in mirage-config. */
package mirage.plugin;
