// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.Optional;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Mpdu;

/** How stations come in: authentication, association, handshake; and how they are sent away. */
final class Admission {
  /** Reasons for the end of an association (IEEE 802.11, 9.4.1.7). */
  static final int LEAVING = 3;

  static final int NOT_AUTHENTICATED = 6;
  static final int NOT_ASSOCIATED = 7;
  static final int HANDSHAKE_TIMEOUT = 15;

  /** Status codes (9.4.1.9). */
  private static final int SUCCESS = 0;

  private static final int REFUSED = 1;
  private static final int NO_SUCH_ALGORITHM = 13;
  private static final int OUT_OF_SEQUENCE = 14;
  private static final int FULL = 17;
  private static final int INVALID_ELEMENT = 40;

  private static final int AUTHENTICATION_BODY = 6;
  private static final int OPEN_SYSTEM = 0;

  /** Where the elements of a request begin; of a reassociation behind the old access point's address. */
  private static final int REQUEST_FIELDS = 4;

  private final Address bssid;
  private final Optional<Security> security;
  private final Announcements announcements;
  private final Members members;
  private final Voice voice;
  private final Bridge bridge;

  Admission(
      Address bssid,
      Optional<Security> security,
      Announcements announcements,
      Members members,
      Voice voice,
      Bridge bridge) {
    this.bssid = bssid;
    this.security = security;
    this.announcements = announcements;
    this.members = members;
    this.voice = voice;
    this.bridge = bridge;
  }

  void authenticate(long tick, Address from, byte[] body) {
    if (body.length < AUTHENTICATION_BODY) {
      return;
    }
    int algorithm = Announcements.word(body, 0);
    int status =
        algorithm != OPEN_SYSTEM
            ? NO_SUCH_ALGORITHM
            : Announcements.word(body, 2) != 1
                ? OUT_OF_SEQUENCE
                : members.add(from) ? SUCCESS : FULL;
    byte[] answer = {(byte) algorithm, (byte) (algorithm >> 8), 2, 0, (byte) status, 0};
    voice.manage(tick, Mpdu.AUTHENTICATION, from, start -> answer, Voice.WHATEVER);
  }

  void associate(long tick, Mpdu request) {
    Address from = request.transmitter();
    Optional<Member> known = members.find(from);
    if (known.isEmpty()) {
      deauthenticate(tick, from, NOT_AUTHENTICATED);
      return;
    }
    Member member = known.get();
    boolean again = request.subtype() == Mpdu.REASSOCIATION_REQUEST;
    int status = judge(request.body(), REQUEST_FIELDS + (again ? Address.LENGTH : 0));
    if (status == SUCCESS) {
      member.associate(member.associated() ? member.associationId : members.freeId());
    }
    byte[] answer = announcements.association(status, member.associationId);
    voice.manage(
        tick,
        again ? Mpdu.REASSOCIATION_RESPONSE : Mpdu.ASSOCIATION_RESPONSE,
        from,
        start -> answer,
        result -> {
          if (status == SUCCESS && result.arrived() && members.isIn(member)) {
            security.ifPresent(it -> shakeHands(result.tick(), member, it));
          }
        });
  }

  private int judge(byte[] request, int elements) {
    if (!announcements.named(request, elements)) {
      return REFUSED;
    }
    return announcements.fits(request, elements) ? SUCCESS : INVALID_ELEMENT;
  }

  void deauthenticate(long tick, Address station, int reason) {
    members.remove(station);
    byte[] body = {(byte) reason, 0};
    voice.manage(tick, Mpdu.DEAUTHENTICATION, station, start -> body, Voice.WHATEVER);
  }

  private void shakeHands(long tick, Member member, Security secrets) {
    member.handshake =
        new Handshake(
            bssid,
            member.address,
            secrets.master(),
            secrets.nonce(),
            secrets.newest(),
            new Handshake.Surroundings() {
              @Override
              public void send(long now, byte[] message) {
                int type = Handshake.ETHER_TYPE;
                bridge.toStation(now, member, Ether.of(member.address, bssid, type, message));
              }

              @Override
              public void keysAgreed(byte[] temporal) {
                member.setKey(temporal);
                changeGroupKey(secrets);
              }

              @Override
              public void groupKeyTaken() {
                changeGroupKey(secrets);
              }

              @Override
              public void failed(long now) {
                deauthenticate(now, member.address, HANDSHAKE_TIMEOUT);
                changeGroupKey(secrets);
              }
            });
    member.handshake.start(tick);
  }

  /** Gives all stations another group key. */
  void renewGroupKey(long tick, Security secrets) {
    GroupKey key = secrets.renew();
    for (Member member : members.all()) {
      if (member.handshake != null && member.handshake.done()) {
        member.handshake.renew(tick, key);
      }
    }
    changeGroupKey(secrets);
  }

  /** The new key is used once all stations have it. */
  private void changeGroupKey(Security secrets) {
    if (members.all().stream().allMatch(it -> it.handshake == null || it.handshake.done())) {
      secrets.change();
    }
  }
}
