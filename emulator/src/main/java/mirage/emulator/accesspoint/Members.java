// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mirage.emulator.wlan.Address;

/** The stations of an access point. */
final class Members {
  /** As many as there are association ids. */
  private static final int MOST = 2007;

  private final Map<Address, Member> members = new TreeMap<>();

  Optional<Member> find(Address address) {
    return Optional.ofNullable(members.get(address));
  }

  /** All that are there now, in the order of their addresses. */
  List<Member> all() {
    return List.copyOf(members.values());
  }

  boolean isIn(Member member) {
    return members.get(member.address) == member;
  }

  /** Takes a station in, anew if it was there; false if there are too many. */
  boolean add(Address address) {
    if (!members.containsKey(address) && members.size() == MOST) {
      return false;
    }
    members.put(address, new Member(address));
    return true;
  }

  void remove(Address address) {
    members.remove(address);
  }

  void clear() {
    members.clear();
  }

  /** An association id that nobody has. */
  int freeId() {
    int id = 1;
    while (taken(id)) {
      id++;
    }
    return id;
  }

  private boolean taken(int id) {
    return members.values().stream().anyMatch(member -> member.associationId == id);
  }
}
