using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Slipway.Server.Api.Documentation;

/// <summary>What stands above the operations: what the API is and how a caller proves itself.</summary>
internal static class DocumentHead
{
    private const string Scheme = "token";

    public static Task WriteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Slipway",
            Version = "v1",
            Description = """
                Everything Slipway can do. Every request carries a token: `Authorization: Bearer slp_…`. Browsers sign in with `POST /api/v1/session`
                and carry it in a cookie.

                Errors are problem details (RFC 9457) with a stable `code` and a `detail` that says what to do. Lists come in pages: give `nextCursor` as `cursor`.
                A POST that creates takes an `Idempotency-Key`: the same request with the same key is done once. Times are RFC 3339, durations `30s`, `5m`, `2h`.
                """,
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token: slp_<id>_<secret>. Scopes include the ones before them: read, publish, deploy, admin.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
