// SPDX-License-Identifier: Apache-2.0
package mirage.emulator;

/** The world outside the machine: consulted between slices of instructions and before jumps in time. */
public interface Host {
  /** No tick: nothing can arrive. */
  long NOTHING = -1;

  /** A host that lets virtual time run freely and has no input. */
  Host NONE =
      new Host() {
        @Override
        public long pace(Esp32 machine, long now, long target) {
          return target;
        }

        @Override
        public long await(Esp32 machine, long now, long until) {
          return NOTHING;
        }
      };

  /**
   * The machine is at tick {@code now} and is about to go on to {@code target}.
   *
   * @return the tick to go on to: {@code target}, or an earlier one not before {@code now} if something has arrived
   */
  long pace(Esp32 machine, long now, long target);

  /**
   * All cores wait and nothing inside the machine will ever wake them. Blocks until something arrives from outside.
   *
   * @param until the tick at which the run ends
   * @return the tick to go on to, from {@code now} to {@code until}; {@link #NOTHING} if nothing can arrive
   */
  long await(Esp32 machine, long now, long until);
}
