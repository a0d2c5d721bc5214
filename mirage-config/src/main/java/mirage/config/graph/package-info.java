// SPDX-License-Identifier: Apache-2.0
/** What the compiled config.ml answers: keys and application graph, as docs/config-protocol.md has them. */
package mirage.config.graph;
