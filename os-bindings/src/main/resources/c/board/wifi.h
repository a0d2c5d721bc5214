/* SPDX-License-Identifier: Apache-2.0 */
/* The radio: raw frames of IEEE 802.11. What board.h says of errors, ownership and blocking holds here too; a
   program without a radio has none of this in its image. The calls but board_wifi_start want the radio started.

   A frame goes from its frame control field to the end of its body: the board adds and checks the frame check
   sequence, acknowledges what it receives for itself, sends again what is not acknowledged, and fills in
   sequence numbers. Frames are kept in fixed buffers of the board: those that arrive when all are full
   are lost, and not acknowledged; those to be sent are refused with BOARD_EAGAIN.

   Sending again is done in board_wait and in the calls here, so a program that does neither for long lets a
   frame wait. */

#ifndef WIFI_H
#define WIFI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The shortest frame, a MAC header alone, and the longest: with room for a CCMP header and a body of 1500 bytes
   with its headers; the MIC is not counted. */
#define BOARD_WIFI_HEADER 24u
#define BOARD_WIFI_FRAME 1560u

#define BOARD_WIFI_CHANNELS 14
#define BOARD_WIFI_KEYS 24
#define BOARD_WIFI_NO_KEY (-1)

/* Switches the radio on, on channel 1 with filter BOARD_WIFI_SCAN; the second time it changes nothing.
   BOARD_ENOENT: this board has no radio. BOARD_EIO: it does not start. */
int board_wifi_start(void);

/* Whether it is on. */
bool board_wifi_is_on(void);

/* Its own address: the chip's first. */
void board_wifi_mac(uint8_t mac[6]);

/* Tunes it to a channel, 1 to BOARD_WIFI_CHANNELS; what is being sent is lost. BOARD_EINVAL for another. */
int board_wifi_channel(unsigned channel);

/* Which frames are received besides those to the radio's own address. */
enum board_wifi_filter {
  BOARD_WIFI_SCAN,        /* beacons, and frames to several receivers, of everybody */
  BOARD_WIFI_STATION,     /* the same of one access point, but for what it repeats of ours */
  BOARD_WIFI_ACCESS_POINT /* frames to this BSSID, probe requests to everybody */
};

/* The BSSID is ignored by BOARD_WIFI_SCAN. */
void board_wifi_filter(enum board_wifi_filter filter, const uint8_t bssid[6]);

/* ---- Receiving ---- */

/* A frame has arrived. */
unsigned board_wifi_frame_event(void);

/* The length in bytes of the frame that comes next, 0 when none is there. */
int board_wifi_size(void);

struct board_wifi_received {
  int8_t rssi; /* dBm */
  uint8_t channel;
  /* By a key of this radio, and its MIC was right: the CCMP header is still there, the MIC is not. */
  bool decrypted;
};

/* Takes that frame, which must be there; the buffer has room for its length. */
void board_wifi_read(void *frame, struct board_wifi_received *how);

/* ---- Sending ---- */

/* One of the frames that are being sent has come to its end, and its result has not been taken. */
unsigned board_wifi_sent_event(void);

/* How fast a frame is sent first; sent again it is slower. */
enum board_wifi_rate { BOARD_WIFI_1M, BOARD_WIFI_5M, BOARD_WIFI_11M, BOARD_WIFI_24M, BOARD_WIFI_54M };

/* Sends a frame of BOARD_WIFI_HEADER to BOARD_WIFI_FRAME bytes; returns before it is sent. If it is to one
   receiver and not acknowledged, it is sent again, four times at most. With a key its flag Protected is set and
   it has a CCMP header; its body is in clear. Returns the number of the frame among those being sent;
   BOARD_EAGAIN: there are too many, take a result; BOARD_EINVAL: no such length, or no such key. */
int board_wifi_write(const void *frame, size_t size, enum board_wifi_rate rate, int key);

/* Takes the result of a frame that is being sent: 1 acknowledged, or sent to several receivers; 0 not;
   BOARD_EAGAIN when there is none yet, and the frame keeps its number. */
int board_wifi_sent(int number);

/* ---- Keys of CCMP ---- */

/* Puts a key into a slot, 0 to BOARD_WIFI_KEYS - 1. A pairwise key is that of the station with the address; a
   group key, with a key id of 0 to 3, encrypts what that station sends to several receivers. */
int board_wifi_key(int slot, const uint8_t address[6], unsigned key_id, bool group, const uint8_t key[16]);

void board_wifi_clear_key(int slot);

/* Since the radio was started; they wrap. */
struct board_wifi_counters {
  uint32_t missed;  /* times that frames found no buffer */
  uint32_t damaged; /* frames received with an error: not given out */
  uint32_t retries; /* times a frame was sent again */
  uint32_t failed;  /* frames that were never acknowledged */
};

void board_wifi_counters(struct board_wifi_counters *counters);

#endif
