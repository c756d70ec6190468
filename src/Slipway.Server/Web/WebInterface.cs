using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Slipway.Server.Web;

/// <summary>The built interface: its one page, which finds the way by itself, and the list of its files that <c>dotnet publish</c> made.</summary>
internal sealed record WebInterface(FileContentHttpResult Page, string? Manifest)
{
    private const string ManifestName = "slipway-server.staticwebassets.endpoints.json";

    private static readonly byte[] NotBuilt = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Slipway</title></head>
        <body>
        <h1>Slipway is running</h1>
        <p>This program was started without its web interface. To have it, run <code>./build</code> in the repository and start <code>out/slipway-server</code>.</p>
        <p>The API is here: <a href="/docs">its documentation</a>, and the command line <code>slipway</code>.</p>
        </body>
        </html>
        """u8.ToArray();

    public bool IsBuilt => Manifest is not null;

    public static WebInterface In(string? folder)
    {
        var index = Path.Combine(folder ?? "", "index.html");
        var manifest = Path.Combine(Path.GetDirectoryName(folder) ?? "", ManifestName);
        return folder is not null && File.Exists(index) && File.Exists(manifest)
            ? new(Html(File.ReadAllBytes(index)), manifest)
            : new(Html(NotBuilt), null);
    }

    private static FileContentHttpResult Html(byte[] page) => TypedResults.File(
        page, "text/html; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(page))[..32]}\""));
}
