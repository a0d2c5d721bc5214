// SPDX-License-Identifier: Apache-2.0
/** Runs Maven for the user: to fetch jars, and to build the generated project. */
package mirage.config.maven;
