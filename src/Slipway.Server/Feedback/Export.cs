using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Server.Access;
using Slipway.Server.Persistence;

namespace Slipway.Server.Feedback;

internal static class Export
{
    private const int BatchSize = 500;

    public static void MapExport(this IEndpointRouteBuilder feedback) => feedback.MapGet("/export", Send)
        .Requires(Scope.Admin)
        .Produces<string>(StatusCodes.Status200OK, "text/csv")
        .WithName("ExportFeedback")
        .WithSummary("Export all feedback")
        .WithDescription("As CSV for a spreadsheet, the oldest first. What a spreadsheet would take for a formula begins with an apostrophe.");

    private static IResult Send(IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation) =>
        TypedResults.Stream(body => WriteAsync(body, databases, cancellation), "text/csv; charset=utf-8", "feedback.csv");

    private static async Task WriteAsync(Stream body, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        // Spreadsheets take a text for UTF-8 only if it says so.
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(Csv.Line("id", "createdAt", "createdBy", "page", "text", "answer", "answeredBy", "answeredAt").AsMemory(), cancellation);
        FeedbackRow? last = null;
        do
        {
            var rows = await ReadAsync(databases, last, cancellation);
            foreach (var row in rows)
                await writer.WriteAsync(Csv.Line(row.Id, Time(row.CreatedAt), row.CreatedBy, row.Page, row.Text, row.Answer, row.AnsweredBy, Time(row.AnsweredAt)).AsMemory(), cancellation);

            await writer.FlushAsync(cancellation);
            last = rows.Count == BatchSize ? rows[^1] : null;
        }
        while (last is not null);
    }

    /// <summary>Batch by batch: a reader who takes his time must not keep the database from tidying up.</summary>
    private static async Task<List<FeedbackRow>> ReadAsync(IDbContextFactory<SlipwayDb> databases, FeedbackRow? last, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var query = db.Set<FeedbackRow>().AsNoTracking();
        if (last is { CreatedAt: var created, Id: var id })
            query = query.Where(row => row.CreatedAt > created || (row.CreatedAt == created && string.Compare(row.Id, id) > 0));
        return await query.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(BatchSize).ToListAsync(cancellation);
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
