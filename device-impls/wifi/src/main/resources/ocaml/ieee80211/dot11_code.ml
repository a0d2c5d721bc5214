(* SPDX-License-Identifier: Apache-2.0 *)

let leaving = 3
let inactivity = 4
let not_authenticated = 6
let not_associated = 7
let handshake_timeout = 15

let reason = function
  | 1 -> "no reason given"
  | 2 -> "the authentication is no longer valid"
  | 3 -> "the other side is leaving"
  | 4 -> "inactivity"
  | 5 -> "the access point has no room for more stations"
  | 6 -> "a frame of a station that is not authenticated"
  | 7 -> "a frame of a station that is not associated"
  | 8 -> "the other side is leaving the network"
  | 9 -> "association without authentication"
  | 13 -> "an invalid element"
  | 14 -> "a message integrity check failed"
  | 15 -> "the 4-way handshake timed out"
  | 16 -> "the group key handshake timed out"
  | 17 -> "the handshake's security differs from the one announced"
  | 18 -> "the group cipher is not valid"
  | 19 -> "the pairwise cipher is not valid"
  | 20 -> "the way of authentication is not valid"
  | 22 -> "the RSN element has capabilities that are not valid"
  | 23 -> "IEEE 802.1X authentication failed"
  | 24 -> "the cipher is rejected by the access point's policy"
  | 34 -> "too many frames went unacknowledged"
  | 45 -> "a peer has cancelled the link"
  | n -> Printf.sprintf "reason %d" n

let success = 0
let unspecified = 1
let unsupported_algorithm = 13
let no_room = 17
let invalid_element = 40

let status = function
  | 0 -> "success"
  | 1 -> "failure without a reason"
  | 10 -> "the capabilities asked for are not supported"
  | 11 -> "the association to be renewed does not exist"
  | 12 -> "denied for a reason outside of IEEE 802.11"
  | 13 -> "the way of authentication is not supported"
  | 14 -> "authentication frame out of sequence"
  | 15 -> "challenge failure"
  | 16 -> "authentication timed out"
  | 17 -> "the access point has no room for more stations"
  | 18 -> "the access point asks for rates that are not supported"
  | 30 -> "refused for now"
  | 31 -> "protected management frames are required"
  | 40 -> "an invalid element"
  | 41 -> "the group cipher is not valid"
  | 42 -> "the pairwise cipher is not valid"
  | 43 -> "the way of authentication is not valid"
  | 46 -> "the cipher is rejected by the access point's policy"
  | n -> Printf.sprintf "status %d" n
