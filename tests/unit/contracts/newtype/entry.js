  estimate: {
    interaction: 'numeric',
    share({ ranges: [{ low, high }] }, response) {
      const off = Math.abs(parseNumber(response) - (low + high) / 2);
      return Math.max(0, 1 - off / (high - low));
    },
  },
