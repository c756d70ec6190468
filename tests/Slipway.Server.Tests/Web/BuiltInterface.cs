using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.Server.Tests.Web;

/// <summary>A small interface as <c>dotnet publish</c> leaves it: files, their compressed twins and the list of what may be asked for.</summary>
internal sealed class BuiltInterface : IDisposable
{
    public const string Index = "<!doctype html><title>Slipway</title><script type=\"module\" src=\"/assets/index-B4dF00d1.js\"></script>";
    public const string Script = "console.log('slipway');";
    public const string ScriptPath = "/assets/index-B4dF00d1.js";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slipway-web-");

    public BuiltInterface()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "secret.txt"), "beside the interface");
        var endpoints = new JsonArray();
        Add(endpoints, "index.html", "text/html", Index);
        Add(endpoints, ScriptPath.TrimStart('/'), "text/javascript", Script);
        var manifest = new JsonObject { ["Version"] = 1, ["ManifestType"] = "Publish", ["Endpoints"] = endpoints };
        File.WriteAllText(Path.Combine(folder.FullName, "slipway-server.staticwebassets.endpoints.json"), manifest.ToJsonString());
    }

    public string WebRoot => Path.Combine(folder.FullName, "wwwroot");

    public void Dispose() => folder.Delete(recursive: true);

    private void Add(JsonArray endpoints, string path, string type, string content)
    {
        var file = Path.Combine(WebRoot, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        using (var compressed = new BrotliStream(File.Create(file + ".br"), CompressionLevel.Optimal))
            compressed.Write(Encoding.UTF8.GetBytes(content));

        endpoints.Add(Endpoint(path, path, [], Headers(type, file)));
        endpoints.Add(Endpoint(
            path,
            path + ".br",
            [new JsonObject { ["Name"] = "Content-Encoding", ["Value"] = "br", ["Quality"] = "0.5" }],
            [.. Headers(type, file + ".br"), ("Content-Encoding", "br"), ("Vary", "Accept-Encoding")]));
    }

    private static IEnumerable<(string Name, string Value)> Headers(string type, string file) =>
    [
        ("Cache-Control", "no-cache"),
        ("Content-Length", new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture)),
        ("Content-Type", type),
        ("ETag", $"\"{Path.GetFileName(file)}\""),
        ("Last-Modified", "Mon, 23 Nov 2026 12:00:00 GMT"),
    ];

    private static JsonObject Endpoint(string route, string file, JsonArray selectors, IEnumerable<(string Name, string Value)> headers) => new()
    {
        ["Route"] = route,
        ["AssetFile"] = file,
        ["Selectors"] = selectors,
        ["ResponseHeaders"] = new JsonArray([.. headers.Select(header => new JsonObject { ["Name"] = header.Name, ["Value"] = header.Value })]),
        ["EndpointProperties"] = new JsonArray(),
    };
}
