using System.Globalization;
using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Ids;

namespace Slipway.Client.Configuration;

/// <summary>The config revisions of targets.</summary>
public sealed class ConfigurationClient
{
    private readonly ApiConnection connection;

    internal ConfigurationClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The newest first.</summary>
    public Task<Page<ConfigRevision>> ListAsync(TargetId target, int count, CancellationToken cancellation = default) =>
        connection.FirstAsync(() => new($"targets/{target.Key}/config"), count, ContractsJson.Default.PageConfigRevision, cancellation);

    /// <summary>Null: there is none yet.</summary>
    public async Task<ConfigRevision?> FindNewestAsync(TargetId target, CancellationToken cancellation = default) =>
        await ListAsync(target, 1, cancellation) is { Items: [var newest, ..] } ? newest : null;

    public Task<ConfigRevision> GetAsync(TargetId target, int number, CancellationToken cancellation = default) =>
        connection.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"targets/{target.Key}/config/{number}"), ContractsJson.Default.ConfigRevision, cancellation);

    public Task<ConfigRevision> CreateAsync(TargetId target, CreateConfigRevision revision, CancellationToken cancellation = default) =>
        connection.PostAsync(
            $"targets/{target.Key}/config", revision, ContractsJson.Default.CreateConfigRevision, ContractsJson.Default.ConfigRevision, cancellation);
}
