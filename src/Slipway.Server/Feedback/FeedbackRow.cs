using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Slipway.Server.Feedback;

internal sealed class FeedbackRow
{
    public required string Id { get; set; }

    /// <summary>Whose it is; names of tokens may be given twice.</summary>
    public required string TokenId { get; set; }

    public required string Text { get; set; }

    public string? Page { get; set; }

    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? Answer { get; set; }

    public string? AnsweredBy { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public Contracts.Feedback.Feedback Show() => new()
    {
        Id = Id,
        Text = Text,
        Page = Page,
        CreatedBy = CreatedBy,
        CreatedAt = CreatedAt,
        Answer = Answer,
        AnsweredBy = AnsweredBy,
        AnsweredAt = AnsweredAt,
    };

    internal sealed class Table : IEntityTypeConfiguration<FeedbackRow>
    {
        public void Configure(EntityTypeBuilder<FeedbackRow> builder)
        {
            builder.ToTable("feedback").HasKey(row => row.Id);
            builder.HasIndex(row => new { row.TokenId, row.CreatedAt });
            builder.HasIndex(row => row.CreatedAt);
        }
    }
}
