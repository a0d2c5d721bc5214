// SPDX-License-Identifier: Apache-2.0
/** The resolved device graph for people: text, Graphviz, SVG drawing. */
package mirage.config.describe;
