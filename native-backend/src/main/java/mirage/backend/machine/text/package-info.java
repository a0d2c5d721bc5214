// SPDX-License-Identifier: Apache-2.0
/** Assembly text, and the tables beside the code: frames, source locations, debug lines. */
package mirage.backend.machine.text;
