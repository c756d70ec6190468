using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Projects_reference_only_what_the_table_allows() => Assert.Empty(
        from project in Tree.Files(@"^src/[^/]+/[^/]+\.csproj$")
        let name = Tree.Folder(project)
        from Match reference in Regex.Matches(Tree.Text(project), """<ProjectReference Include="[^"]*/(?<name>[\w.]+)\.csproj""")
        where !Allowed(name, reference.Groups["name"].Value)
        select $"{name} references {reference.Groups["name"].Value}");

    [Fact]
    public void Folders_use_only_what_the_table_allows() => Assert.Empty(
        (from file in Tree.Sources
         from used in Tree.Usings(file)
         let user = Tree.Folder(file)
         let to = FolderOf(used)
         where to is not null && to != user && !Allowed(user, to)
         select $"{user} uses {to} ({file})").Distinct());

    [Fact]
    public void Every_folder_of_the_server_has_its_row_and_every_row_its_folder()
    {
        var folders = Tree.Sources.Select(Tree.Folder).ToHashSet();
        Assert.Empty(folders.Where(folder => folder.StartsWith("Slipway.Server/", StringComparison.Ordinal)).Except(Table.MayUse.Keys));
        Assert.Empty(Table.MayUse.Keys.Except(folders.Concat(folders.Select(folder => folder.Split('/')[0]))));
    }

    [Fact]
    public void Deployment_types_can_not_see_the_server() =>
        Assert.DoesNotContain("Slipway.Server.csproj", Tree.Text("src/Slipway.DeploymentTypes/Slipway.DeploymentTypes.csproj"), StringComparison.Ordinal);

    [Fact]
    public void Contracts_reference_nothing_of_ours() =>
        Assert.DoesNotContain("ProjectReference", Tree.Text("src/Slipway.Contracts/Slipway.Contracts.csproj"), StringComparison.Ordinal);

    [Fact]
    public void Only_the_engine_configures_Orleans() => Assert.Empty(
        from file in Tree.Sources
        where !file.StartsWith("src/Slipway.Server/Engine/", StringComparison.Ordinal)
        where Tree.Code(file).Any(line => line.Contains("UseOrleans", StringComparison.Ordinal) || line.Contains("ISiloBuilder", StringComparison.Ordinal) || line.Contains("Orleans.Hosting", StringComparison.Ordinal) || line.Contains("Orleans.Configuration", StringComparison.Ordinal))
        select file);

    [Fact]
    public void Only_persistence_chooses_a_database() => Assert.Empty(
        from file in Tree.Sources
        where !file.StartsWith("src/Slipway.Server/Persistence/", StringComparison.Ordinal)
        where Tree.Code(file).Any(line => Regex.IsMatch(line, @"\b(UseSqlite|UseNpgsql|AddDbContext|AddPooledDbContextFactory|AddDbContextFactory)\b"))
        select file);

    /// <summary>A folder without a row belongs to its project's row, and what one row holds may use itself.</summary>
    private static bool Allowed(string from, string to)
    {
        var (fromRow, toRow, project) = (Row(from), Row(to), from.Split('/')[0]);
        if (fromRow == toRow)
            return true;

        return Table.MayUse.TryGetValue(fromRow, out var allowed)
            && (allowed.Contains("everything") || allowed.Contains(toRow) || (toRow.StartsWith(project + "/", StringComparison.Ordinal) && allowed.Contains(toRow[(project.Length + 1)..])));
    }

    private static string Row(string folder) => Table.MayUse.ContainsKey(folder) ? folder : folder.Split('/')[0];

    /// <summary>"Slipway.Server.Targets" lives in "Slipway.Server/Targets". Null: not ours, or what a whole project's root holds.</summary>
    private static string? FolderOf(string name)
    {
        var project = Tree.Sources.Select(file => file.Split('/')[1]).Distinct().Where(project => name == project || name.StartsWith(project + ".", StringComparison.Ordinal)).MaxBy(project => project.Length);
        if (project is null)
            return null;

        var folder = name[project.Length..].TrimStart('.').Split('.')[0];
        var path = $"{project}/{folder}";
        return Directory.Exists(Path.Combine(Tree.Root, "src", project, folder)) && folder.Length > 0 ? path : project;
    }
}
