// SPDX-License-Identifier: Apache-2.0
/** Running host programs, caching what they build, and failing with one clear message. */
package mirage.tools;
