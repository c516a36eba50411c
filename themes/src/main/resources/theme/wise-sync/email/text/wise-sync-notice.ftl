<#ftl output_format="plainText">
${msg("wiseSyncMailHello", (user.firstName)!"")}

${msg("wiseSyncNotice." + notice, properties.brandName, (user.username)!"")}

${msg("wiseSyncNotice." + notice + ".notYou")}

-- 
${msg("wiseSyncMailFooter", properties.brandName)}
