using System.ComponentModel;
using Slipway.Contracts;

namespace Slipway.Server.Api;

/// <summary>
/// Which page of a list: <c>[AsParameters] PageQuery page</c>, then <c>page.Read().Is(out var slice, out var refusal)</c>.
/// </summary>
internal readonly record struct PageQuery(
    [property: Description("Where the page begins: nextCursor of the page before. Absent: the first page.")] string? Cursor,
    [property: Description("How many items at most, 1 to 500. Default: 50.")] int? Limit)
{
    /// <param name="maximum">For lists whose items are small.</param>
    public Outcome<Slice> Read(int maximum = Slice.Maximum)
    {
        if (Limit < 1 || Limit > maximum)
            return Refusal.Invalid("limit", $"limit is a number from 1 to {maximum}.");

        if (Cursor is null)
            return new Slice(Limit ?? Slice.Default, null);

        return Slice.Decode(Cursor) is { } after
            ? new Slice(Limit ?? Slice.Default, after)
            : Refusal.Invalid("cursor", "This cursor was not made by this server. Leave it out to begin with the first page.");
    }
}

/// <summary>
/// One page of rows in a fixed order. <see cref="After"/> is the sort key of the last row of the page before; a query takes <see cref="Take"/> rows after it,
/// one more than fits, so that it is known whether another page follows.
/// </summary>
internal sealed record Slice(int Limit, string? After)
{
    public const int Default = 50;
    public const int Maximum = 500;
    private const char Separator = '\n';

    public int Take => Limit + 1;

    /// <summary>The parts of a key made with <see cref="Key"/>; null on the first page or when there are not that many.</summary>
    public string[]? AfterParts(int count) => After?.Split(Separator) is { } parts && parts.Length == count ? parts : null;

    /// <summary>A sort key of several columns.</summary>
    public static string Key(params ReadOnlySpan<object> parts) => string.Join(Separator, parts.ToArray());

    public Page<TItem> ToPage<TRow, TItem>(IReadOnlyList<TRow> rows, Func<TRow, string> key, Func<TRow, TItem> item) => new()
    {
        Items = [.. rows.Take(Limit).Select(item)],
        NextCursor = rows.Count > Limit ? Encode(key(rows[Limit - 1])) : null,
    };

    internal static string Encode(string key) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(key));

    internal static string? Decode(string cursor)
    {
        try
        {
            return cursor.Length <= 1000 ? new System.Text.UTF8Encoding(false, true).GetString(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)) : null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
