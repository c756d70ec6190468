using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Persistence;

/// <summary>Everything Slipway keeps. Each noun's folder configures its own tables; each database has a derived context, which owns its migrations.</summary>
public abstract class SlipwayDb(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(SlipwayDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        Text<ServiceName>(63);
        Text<EnvironmentName>(63);
        Text<VersionName>(100);
        Text<InstanceName>(100);
        Text<DeploymentId>(12);
        Text<ArtifactDigest>(64);

        void Text<T>(int length)
            where T : struct, ITextValue<T> =>
            configurationBuilder.Properties<T>().HaveConversion<TextColumn<T>>().HaveMaxLength(length);
    }

    /// <summary>Times are whole milliseconds, so that both databases store, compare and order them alike.</summary>
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number));

    private sealed class TextColumn<T>() : ValueConverter<T, string>(
        value => value.Value,
        text => Parse(text))
        where T : struct, ITextValue<T>
    {
        private static T Parse(string text) => T.Parse(text, null);
    }
}
