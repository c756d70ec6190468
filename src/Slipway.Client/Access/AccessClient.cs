using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Access;

namespace Slipway.Client.Access;

/// <summary>Tokens, and who one is.</summary>
public sealed class AccessClient
{
    private readonly ApiConnection connection;

    internal AccessClient(ApiConnection connection) => this.connection = connection;

    public Task<WhoAmI> WhoAmIAsync(CancellationToken cancellation = default) =>
        connection.GetAsync("whoami", ContractsJson.Default.WhoAmI, cancellation);

    public Task<IReadOnlyList<Token>> ListTokensAsync(CancellationToken cancellation = default) =>
        connection.AllAsync(() => new("tokens"), ContractsJson.Default.PageToken, cancellation);

    public Task<TokenCreated> CreateTokenAsync(CreateToken token, CancellationToken cancellation = default) =>
        connection.PostAsync("tokens", token, ContractsJson.Default.CreateToken, ContractsJson.Default.TokenCreated, cancellation);

    public Task RevokeTokenAsync(string id, CancellationToken cancellation = default) =>
        connection.DeleteAsync("tokens/" + Uri.EscapeDataString(id), cancellation);

    public Task<JoinTokenCreated> CreateJoinTokenAsync(CreateJoinToken token, CancellationToken cancellation = default) =>
        connection.PostAsync("joinTokens", token, ContractsJson.Default.CreateJoinToken, ContractsJson.Default.JoinTokenCreated, cancellation);
}
