#include "check.h"

bool lane_take(struct lane *lane, uint32_t sequence, struct verdict *verdict) {
  if (sequence >= lane->next) {
    uint32_t passed_over = sequence - lane->next;
    lane->recent = passed_over < 63 ? lane->recent << (passed_over + 1) : 0;
    lane->recent |= 1;
    lane->next = sequence + 1;
    verdict->missing += passed_over;
    verdict->delivered++;
    return true;
  }
  // Of the last 64 we know which came. An older one counts as repeated; if it was not, it stays missing.
  uint32_t age = lane->next - 1 - sequence;
  if (age >= 64 || lane->recent >> age & 1) {
    verdict->duplicated++;
    return false;
  }
  lane->recent |= (uint64_t)1 << age;
  verdict->missing--;
  verdict->reordered++;
  verdict->delivered++;
  return true;
}
