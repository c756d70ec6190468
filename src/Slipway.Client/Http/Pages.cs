using System.Text.Json.Serialization.Metadata;
using Slipway.Contracts;

namespace Slipway.Client.Http;

internal static class Pages
{
    public const int Largest = 500;

    /// <summary>Every item of a list, page after page.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(
        this ApiConnection connection, Func<Query> query, JsonTypeInfo<Page<T>> type, CancellationToken cancellation)
    {
        var items = new List<T>();
        string? cursor = null;
        do
        {
            var page = await connection.GetAsync(query().Add("limit", Largest).Add("cursor", cursor).ToString(), type, cancellation);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return items;
    }

    /// <summary>The first <paramref name="count"/> items of a list and whether there are more.</summary>
    public static async Task<Page<T>> FirstAsync<T>(
        this ApiConnection connection, Func<Query> query, int count, JsonTypeInfo<Page<T>> type, CancellationToken cancellation)
    {
        var items = new List<T>();
        string? cursor = null;
        do
        {
            var limit = Math.Min(Largest, count - items.Count);
            var page = await connection.GetAsync(query().Add("limit", limit).Add("cursor", cursor).ToString(), type, cancellation);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null && items.Count < count);

        return new Page<T> { Items = items, NextCursor = cursor };
    }
}
