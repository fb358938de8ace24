from django.contrib import admin

from vacancies.models import SearchSynonym


@admin.register(SearchSynonym)
class SearchSynonymAdmin(admin.ModelAdmin):
    list_display = ["term", "meanings_in_words"]
    search_fields = ["term"]

    @admin.display(description="meanings")
    def meanings_in_words(self, synonym):
        return ", ".join(synonym.meanings)
