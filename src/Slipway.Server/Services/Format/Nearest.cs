namespace Slipway.Server.Services.Format;

/// <summary>The word somebody probably meant.</summary>
internal static class Nearest
{
    public static string? To(string word, IEnumerable<string> known) =>
        word.Length > 40 ? null : known
            .Select(candidate => (Word: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= Math.Max(1, pair.Word.Length / 3))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Word)
            .FirstOrDefault();

    /// <summary>Letters to insert, remove, replace or swap with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
                rows[i, j] = i == 0 || j == 0 ? i + j : Cell(i, j);
        }

        return rows[left.Length, right.Length];

        int Cell(int i, int j)
        {
            var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
            return i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
        }
    }
}
