// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> rung = new ArrayList<>();

  private Alarm alarm(String name) {
    return clock.alarm(name, () -> rung.add(name + "@" + clock.now()));
  }

  @Test
  void ringsInOrderOfDueTimeThenOfMaking() {
    Alarm a = alarm("a");
    Alarm b = alarm("b");
    Alarm c = alarm("c");
    c.set(5);
    b.set(10);
    a.set(10);
    assertThat(clock.nextAlarm()).isEqualTo(5);
    clock.advanceTo(20);
    assertThat(rung).containsExactly("c@5", "a@10", "b@10");
    assertThat(clock.now()).isEqualTo(20);
    assertThat(clock.nextAlarm()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anAlarmCanSetItselfAgain() {
    Alarm[] self = new Alarm[1];
    self[0] =
        clock.alarm(
            "tick",
            () -> {
              rung.add("" + clock.now());
              self[0].set(clock.now() + 3);
            });
    self[0].set(3);
    clock.advanceTo(10);
    assertThat(rung).containsExactly("3", "6", "9");
    self[0].cancel();
    assertThat(self[0].armed()).isFalse();
  }

  @Test
  void anAlarmInThePastRingsAtOnceWithoutTurningBackTime() {
    clock.advanceTo(100);
    alarm("late").set(50);
    clock.advanceTo(100);
    assertThat(rung).containsExactly("late@100");
  }

  @Test
  void duringASliceTimeIsTheRunningCoresOwn() {
    long[] core = {0};
    int[] cuts = {0};
    clock.duringSlices(() -> core[0], () -> cuts[0]++);
    clock.advanceTo(10);
    core[0] = 15;
    assertThat(clock.now()).isEqualTo(15);
    alarm("x").set(17);
    assertThat(cuts[0]).as("a slice must end for a new alarm").isEqualTo(1);
    core[0] = 0;
    assertThat(clock.now()).isEqualTo(10);
  }

  @Test
  void counterKeepsItsPhaseOverStopsAndChanges() {
    Counter counter = new Counter(clock);
    counter.run(10, 1);
    clock.advanceTo(25);
    assertThat(counter.value()).isEqualTo(2);
    counter.run(10, 1);
    clock.advanceTo(30);
    assertThat(counter.value()).as("half a period before the change counts").isEqualTo(3);
    assertThat(counter.tickOf(5)).isEqualTo(50);
    assertThat(counter.tickOf(2)).isEqualTo(Long.MAX_VALUE);
    counter.run(10, -1);
    assertThat(counter.tickOf(0)).isEqualTo(60);
    counter.run(10, 0);
    clock.advanceTo(1000);
    assertThat(counter.value()).isEqualTo(3);
  }

  @Test
  void clockTreeDerivesEveryFrequencyFromTheSelection() {
    ClockTree tree = new ClockTree();
    List<Integer> changes = new ArrayList<>();
    tree.onChange(() -> changes.add(tree.cpuTicks()), () -> changes.add(tree.cpuTicks()));
    assertThat(tree.cpuHz()).isEqualTo(40_000_000);
    tree.selectPreDivider(1);
    assertThat(tree.cpuHz()).isEqualTo(20_000_000);
    assertThat(tree.apbTicks()).isEqualTo(24);
    tree.selectSource(1);
    assertThat(tree.cpuHz()).isEqualTo(80_000_000);
    tree.selectCpuPeriod(1);
    assertThat(tree.cpuHz()).isEqualTo(160_000_000);
    assertThat(tree.apbTicks()).isEqualTo(6);
    tree.selectSource(2);
    assertThat(tree.cpuHz()).isEqualTo(8_000_000);
    assertThat(changes).containsExactly(12, 24, 24, 6, 6, 3, 3, 60);
  }
}
